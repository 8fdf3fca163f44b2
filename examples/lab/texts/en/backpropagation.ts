export const backpropagation = {
  title: "Back-propagation",
};
