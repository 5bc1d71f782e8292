import { expect, test } from "vitest";
import { believes, groupOf } from "./lines";
import type { Snippet } from "./queries";

const line = (kind: Snippet["kind"]): Snippet => ({ kind, dialect: null, text: "" });

test("a line is believed where it carries the proof that is asked for", () => {
  const asks = (
    min_trust: "click_id" | "token" | "ip_list" | "api_key" | "signature",
    accepts_pixel = true,
  ) => ({
    min_trust,
    accepts_pixel,
  });
  expect(believes(asks("token"), line("server"))).toBe(true);
  expect(believes(asks("ip_list"), line("dialect"))).toBe(true);
  expect(believes(asks("signature"), line("server"))).toBe(false);
  expect(believes(asks("signature"), line("signed"))).toBe(true);
  expect(believes(asks("signature"), line("pixel"))).toBe(true);
  expect(believes(asks("token", false), line("tag_sale"))).toBe(false);
  const awin: Snippet = { ...line("dialect"), dialect: "awin" };
  expect(believes(asks("click_id"), awin)).toBe(true);
  expect(believes(asks("token"), awin)).toBe(false);
  expect(groupOf(line("tag_manager_sale"))).toBe("manager");
});
