import * as Plot from "@observablehq/plot";

const plot = Plot.plot({ marks: [Plot.dotX([1, 2, 3]), Plot.contour([1, 2, 3, 4], { width: 2, height: 2 })] });
document.body.append(plot);
