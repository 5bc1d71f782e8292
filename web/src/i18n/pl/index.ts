/** Every namespace of the language: a file is a namespace. */
const files = import.meta.glob<Record<string, unknown>>("./*.json", { eager: true, import: "default" });

export default Object.fromEntries(
  Object.entries(files).map(([path, words]) => [path.slice("./".length, -".json".length), words]),
);
