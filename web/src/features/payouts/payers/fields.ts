import type { Schemas } from "~/api/client";

export type Payer = Schemas["Payer"];
export type PayerOut = Schemas["PayerOut"];
export type PayerMethod = Payer["method"];
export type FieldName =
  | "name"
  | "iban"
  | "bic"
  | "street"
  | "building"
  | "postal_code"
  | "town"
  | "country"
  | "version"
  | "one_booking"
  | "client_id"
  | "client_secret"
  | "webhook_id"
  | "email_subject"
  | "sandbox"
  | "source_currency"
  | "template"
  | "operation";

export interface Field {
  name: FieldName;
  kind: "text" | "secret" | "long" | "yes_no" | "version";
  isNeeded?: boolean;
  help?: "bic" | "address" | "webhook_id" | "email_subject" | "source_currency" | "template" | "operation";
}

export const VERSIONS = ["pain.001.001.09", "pain.001.001.03"] as const;

/** What each method asks of the workspace, in the order it is typed. */
export const FIELDS: Readonly<Record<PayerMethod, readonly Field[]>> = {
  sepa: [
    { name: "name", kind: "text", isNeeded: true },
    { name: "iban", kind: "text", isNeeded: true },
    { name: "bic", kind: "text", help: "bic" },
    { name: "street", kind: "text", help: "address" },
    { name: "building", kind: "text" },
    { name: "postal_code", kind: "text" },
    { name: "town", kind: "text" },
    { name: "country", kind: "text" },
    { name: "version", kind: "version" },
    { name: "one_booking", kind: "yes_no" },
  ],
  paypal: [
    { name: "client_id", kind: "text", isNeeded: true },
    { name: "client_secret", kind: "secret" },
    { name: "webhook_id", kind: "text", help: "webhook_id" },
    { name: "email_subject", kind: "text", help: "email_subject" },
    { name: "sandbox", kind: "yes_no" },
  ],
  wise: [
    { name: "source_currency", kind: "text", help: "source_currency" },
    { name: "template", kind: "long", help: "template" },
  ],
  capitalist: [{ name: "operation", kind: "text", isNeeded: true, help: "operation" }],
};

export const METHODS = Object.keys(FIELDS) as PayerMethod[];

export type Values = Partial<Record<FieldName, string | boolean>>;

export function valuesOf(payer: Payer | undefined, method: PayerMethod): Values {
  const known = (payer ?? {}) as unknown as Record<string, string | boolean | null>;
  const entries = FIELDS[method].map(({ name, kind }) => [
    name,
    known[name] ?? (kind === "yes_no" ? false : kind === "version" ? VERSIONS[0] : ""),
  ]);
  return Object.fromEntries(entries) as Values;
}

/** As the API takes it: what is empty is not said. */
export function bodyFrom(method: PayerMethod, values: Values): Payer {
  const said = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === "string" ? value.trim() || null : value,
  ]);
  const needed = FIELDS[method].filter(({ isNeeded }) => isNeeded).map(({ name }) => [name, ""]);
  const given = said.filter(([, value]) => value !== null);
  return { method, ...Object.fromEntries(needed), ...Object.fromEntries(given) } as Payer;
}
