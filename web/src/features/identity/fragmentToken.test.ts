import { expect, it } from "vitest";
import { tokenIn } from "./fragmentToken";

it("reads the token behind the #", () => {
  expect(tokenIn("#token=p2Zk0m-J5c_3")).toBe("p2Zk0m-J5c_3");
  expect(tokenIn("token=set_abc")).toBe("set_abc");
  expect(tokenIn("#token=")).toBeUndefined();
  expect(tokenIn("#other=1")).toBeUndefined();
  expect(tokenIn("")).toBeUndefined();
});
