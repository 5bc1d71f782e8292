import { describe, expect, test } from "vitest";
import { keysOfSource } from "./sourceKeys";

const uses = (source: string) =>
  keysOfSource("a.tsx", source).uses.map(({ key, namespaces }) => `${namespaces.join("|")}:${key}`);

describe("keys of a source", () => {
  test("each call takes the namespace that its t was bound to last", () => {
    const source = `
      function A() { const { t } = useTranslation("offers"); return t("list.title") + t("ui:close"); }
      function B() { const { t: frame, i18n } = useTranslation(["frame", "ui"]); return frame(
        "nav.home",
      ); }
      function C(t: TFunction<"links">) { return t("made", { count: 2 }) + t("other", { ns: "plans" }); }
      function D() { const { t } = useTranslation(); return set("no.key") || first.at("x") || t("plain"); }
      i18next.t("payouts:due");
      type T = TFunction<"plans">; const FIXED: ((t: T) => string)[] = [(t) => t("fixed")];`;
    expect(uses(source)).toEqual([
      "offers:list.title",
      "ui:close",
      "frame|ui:nav.home",
      "links:made",
      "plans:other",
      "ui:plain",
      "payouts:due",
      "plans:fixed",
    ]);
  });

  test("Trans takes the t it is handed, or its own namespace", () => {
    const source = `const { t } = useTranslation("offers");
      <Trans t={t} i18nKey="intro" components={{ b: <b /> }} />; <Trans ns="links" i18nKey="own" />`;
    expect(uses(source)).toEqual(["offers:intro", "links:own"]);
  });

  test("a computed key is told, not guessed", () => {
    const source = [
      'const { t } = useTranslation("offers");',
      't("state." + state);',
      't(open ? "a" : "b");',
      "t(key);",
      "<Trans i18nKey={key} />",
    ].join("\n");
    expect(keysOfSource("a.tsx", source)).toEqual({
      uses: [],
      computed: [
        'a.tsx: t("state." + state);',
        'a.tsx: t(open ? "a" : "b");',
        "a.tsx: t(key);",
        "a.tsx: <Trans> without a literal i18nKey",
      ],
    });
  });
});
