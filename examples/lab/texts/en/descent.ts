export const descent = {
  title: "Descent",
};
