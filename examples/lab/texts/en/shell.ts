import { minus } from "../numbers.ts";

export const shell = {
  name: "rivulet descent lab",
  subtitle: "descent lab",
  skip: "Skip to the page",
  navigation: "Pages",
  language: "Language",
  theme: "Colours",
  themes: { auto: "System", light: "Light", dark: "Dark" },
  loading: "Loading …",
  pageMissing: (page: string) => `“${page}” could not be fetched. Check the connection, then reload.`,
  brokenAddress:
    "This link could not be read: something in it was changed or cut off. The page was opened as new. Ask for the link again.",
  dismiss: "Dismiss",
  outOfRange: (least: number, most: number) => `A number from ${minus(least)} to ${minus(most)}.`,
  colophon: "Every number on these pages is computed here, by rivulet, on tfjs tensors. Nothing leaves this page.",
  debug: {
    toggle: "Tensors",
    tensors: (count: number) => `${count} ${count === 1 ? "tensor" : "tensors"} held`,
  },
};
