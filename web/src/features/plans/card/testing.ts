/** A small vocabulary and lines to test the card with. */
import type { CardRow, Vocabulary } from "./cells";

export const WORDS: Vocabulary = {
  currency: "EUR",
  goals: [
    { id: "gol_sale", name: "sale", kind: "sale" },
    { id: "gol_vip", name: "VIP club", kind: "custom" },
    { id: "gol_lead1", name: "Newsletter", kind: "lead" },
    { id: "gol_lead2", name: "Quote", kind: "lead" },
  ],
  countries: new Map([
    ["de", "DE"],
    ["germany", "DE"],
    ["германия", "DE"],
    ["niemcy", "DE"],
    ["at", "AT"],
    ["pl", "PL"],
    ["congo, republic of", "CG"],
  ]),
  traffic: new Map([
    ["seo", "seo"],
    ["e-mail", "email"],
    ["email", "email"],
  ]),
};

export function line(key: string, cells: Partial<CardRow> = {}): CardRow {
  return { key, country: "", goal: "", traffic: "", group: "", rate: "", revenue: "", ...cells };
}
