export interface DnsRecord {
  type: "CNAME" | "A" | "AAAA";
  name: string;
  value: string;
}

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;

/** The record that leads a tracking host to this server, which people reach at `main`. */
export function dnsRecord(host: string, main: string): DnsRecord {
  const bare = main.replace(/^\[|\]$/g, "");
  if (bare.includes(":")) return { type: "AAAA", name: host, value: bare };
  return { type: IPV4.test(bare) ? "A" : "CNAME", name: host, value: bare };
}

/** A host as it is typed or pasted: without scheme, path and capitals. */
export function tidyHost(typed: string): string {
  const bare = typed
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "");
  return (bare.split(/[/?#]/, 1)[0] ?? "").replace(/\.$/, "");
}

const LABELS = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

export function isHost(host: string): boolean {
  return host.length <= 253 && LABELS.test(host);
}
