/** rivulet's version, which files carry. A page cannot read it from package.json; a test holds the two together. */
export const version = "0.1.0";
