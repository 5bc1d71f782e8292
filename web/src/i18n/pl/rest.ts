/** The words of all other pages. */
import { namespaces } from "../namespaces";

export default namespaces(
  import.meta.glob<Record<string, unknown>>(
    [
      "./*.json",
      "!./frame.json",
      "!./portal.json",
      "!./refusals.json",
      "!./reports.json",
      "!./ui.json",
      "!./words.json",
    ],
    { eager: true, import: "default" },
  ),
);
