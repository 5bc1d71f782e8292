import { expect, it } from "vitest";
import { masked, postbackUrl } from "./url";

const sample =
  "https://track.example/postback?click_id={click_id}&goal=sale&amount=80.00&currency=EUR&token=pbt_1";

it("builds the address with the sender's own macros", () => {
  expect(
    postbackUrl(sample, "pbt_1", {
      goal: "sale",
      macros: { click_id: "{transaction_id}", amount: "[PRICE]" },
    }),
  ).toBe("https://track.example/postback?click_id={transaction_id}&amount=[PRICE]&goal=sale&token=pbt_1");
});

it("leaves out what is not filled and encodes what is no macro", () => {
  expect(
    postbackUrl(sample, "pbt_1", {
      goal: "big sale",
      macros: { click_id: "{id}", order_id: " ", status: "a&b" },
    }),
  ).toBe("https://track.example/postback?click_id={id}&status=a%26b&goal=big%20sale&token=pbt_1");
  expect(postbackUrl(sample, "pbt_1", { goal: "", macros: {} })).toBe(
    "https://track.example/postback?token=pbt_1",
  );
});

it("hides a token but for how it begins", () => {
  expect(masked("pbt_p2Zk0mJ5c3Vq")).toMatch(/^pbt_p2Zk•+$/);
});
