import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/ui/format";
import { byStrength, type ConditionName } from "../conditions";
import type { Told, Trial } from "../draft/api";
import classes from "../plans.module.css";
import { useConditionNames } from "../ruleEditor/useConditionNames";
import type { PlanSide, Sides } from "../shapes";
import { whatInWords } from "../words/ruleWords";
import type { Speaker } from "../words/speaker";

interface Props {
  trial: Trial;
  sides: Sides;
  speaker: Speaker;
  amountMinor: number;
  goal: string;
  partner: string;
}

/** "A sale of 80 EUR by this partner today earns 9.60 EUR, by rule 3; rule 1 lost because it is less specific." */
export function Outcome({ trial, sides, speaker, amountMinor, goal, partner }: Props) {
  const { t } = useTranslation("plan_editor");
  const { money, percent } = useFormat();
  const { currency, earnings, revenue } = trial;
  const amount = (minor: number) => money({ minor, currency });
  const kept = revenue.minor - earnings.minor;
  return (
    <output className={classes.told} aria-label={t("example.title")}>
      <Text fw={600} translate="no">
        {t("example.earns", { goal, amount: amount(amountMinor), partner, earned: amount(earnings.minor) })}
      </Text>
      <Reason told={earnings} side="earnings" sides={sides} speaker={speaker} />
      <Beside trial={trial} sides={sides} speaker={speaker} />
      <Text translate="no">{t("example.charged", { charged: amount(revenue.minor) })}</Text>
      <Reason told={revenue} side="revenue" sides={sides} speaker={speaker} />
      <Text c={kept < 0 ? "var(--ui-down)" : undefined}>
        {kept < 0
          ? t("example.lose", { amount: amount(-kept) })
          : t("example.keep", {
              amount: amount(kept),
              margin: percent(revenue.minor > 0 ? kept / revenue.minor : null),
            })}
      </Text>
    </output>
  );
}

/** Bonuses that it counts towards, rewards, shares for who recruited the partner. */
function Beside({ trial, sides, speaker }: Pick<Props, "trial" | "sides" | "speaker">) {
  const { t } = useTranslation("plan_editor");
  const rules = trial.beside.flatMap(({ rule_id }) => sides.earnings.find(({ id }) => id === rule_id) ?? []);
  if (rules.length === 0) return null;
  return (
    <>
      <Text size="sm">{t("example.beside")}</Text>
      <ul className={classes.lostRules} translate="no">
        {rules.map((rule) => (
          <li key={rule.id}>{whatInWords(rule, speaker)}</li>
        ))}
      </ul>
    </>
  );
}

interface ReasonProps {
  told: Told;
  side: PlanSide;
  sides: Sides;
  speaker: Speaker;
}

/** Which rule won, which lost and why, and which did not apply. Rules are numbered as the rule editor numbers them. */
function Reason({ told, side, sides, speaker }: ReasonProps) {
  const { t } = useTranslation("plan_editor");
  const { number } = useFormat();
  const conditions = useConditionNames();
  const order = byStrength(sides[side]).map(({ id }) => id);
  const called = (id: string, name: string | null | undefined) => {
    const place = order.indexOf(id);
    const numbered = t("example.rule", { number: place < 0 ? "?" : number(place + 1) });
    return name ? `${numbered} “${name}”` : numbered;
  };
  const because = (code: string) => {
    if (code === "less_specific") return t("because.less_specific");
    return code === "lower_priority" ? t("because.lower_priority") : t("because.older");
  };
  const condition = (name: string) => conditions[name as ConditionName] ?? name;
  const winner = sides[side].find(({ id }) => id === told.rule_id);
  const isPlain =
    winner && ("percent" in winner.effect || "minor" in winner.effect) && (winner.limits ?? []).length === 0;
  if (!told.rule_id) return <Text size="sm">{t("example.no_rule")}</Text>;
  return (
    <>
      <Text size="sm" translate="no">
        {t("example.by_rule", {
          rule: called(told.rule_id, told.rule_name),
          words: winner ? whatInWords(winner, speaker) : told.words,
        })}
      </Text>
      {winner && !isPlain && (
        <Text size="sm" c="dimmed" translate="no">
          {t("example.by_rule_exactly", { words: told.words })}
        </Text>
      )}
      {(told.lost.length > 0 || told.not_applying.length > 0) && (
        <ul className={classes.lostRules} translate="no">
          {told.lost.map(({ rule_id, name, because: code }) => (
            <li key={rule_id}>
              {t("example.lost", { rule: called(rule_id, name), because: because(code) })}
            </li>
          ))}
          {told.not_applying.map(({ rule_id, name, condition: unmet }) => (
            <li key={rule_id}>
              {t("example.unmet", { rule: called(rule_id, name), condition: condition(unmet) })}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
