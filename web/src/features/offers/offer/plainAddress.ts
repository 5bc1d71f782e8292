/** The address with its macros emptied, so that the page can be looked at without a click. */
export function plainAddress(url: string): string {
  return url.replace(/\{[a-z_0-9]+\}/g, "");
}
