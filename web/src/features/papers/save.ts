export type PaperFormat = "pdf" | "xlsx" | "csv" | "ksef";

/** Saves an answer under the name that the server gave it. */
export function savePaper({ data, response }: { data?: Blob; response: Response }): void {
  if (!data) throw new Error("the API answered without a body");
  const named = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "");
  const address = URL.createObjectURL(data);
  const link = Object.assign(document.createElement("a"), { href: address, download: named?.[1] ?? "paper" });
  link.click();
  URL.revokeObjectURL(address);
}
