/** What the sender fills in, where it calls each of them otherwise than we do. */
export interface UrlParts {
  goal: string;
  /** The sender's own macros by our parameter, such as `{transaction_id}` for `click_id`. */
  macros: Readonly<Record<string, string>>;
}

/** Parameters that a sender fills, in the order they stand in the address. */
export const FILLED = ["click_id", "order_id", "amount", "currency", "status", "customer_id"] as const;
export type Filled = (typeof FILLED)[number];

/** The postback address for a sender: macros stay readable, all else is encoded. */
export function postbackUrl(sample: string, token: string, parts: UrlParts): string {
  const door = sample.split("?", 1)[0] ?? sample;
  const own = FILLED.flatMap((name) => {
    const macro = parts.macros[name]?.trim();
    return macro ? [`${name}=${encodeButMacros(macro)}`] : [];
  });
  const goal = parts.goal.trim() ? [`goal=${encodeURIComponent(parts.goal.trim())}`] : [];
  return `${door}?${[...own, ...goal, `token=${token}`].join("&")}`;
}

/** Other platforms fill `{…}`, `[…]`, `#…#`, `%…%` and `$…$`; an encoded bracket would reach them as plain text. */
function encodeButMacros(text: string): string {
  return text.replace(/[^\w.\-~{}[\]#%$*!:|]/gu, encodeURIComponent);
}

/** A token shown so that it can be told from others and not used. */
export function masked(token: string): string {
  return `${token.slice(0, 8)}${"•".repeat(16)}`;
}
