/** The words of the frame and of the first page. */
import { namespaces } from "../namespaces";

export default namespaces(
  import.meta.glob<Record<string, unknown>>(
    ["./frame.json", "./portal.json", "./refusals.json", "./reports.json", "./ui.json", "./words.json"],
    { eager: true, import: "default" },
  ),
);
