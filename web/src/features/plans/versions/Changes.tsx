import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { StatusChip } from "~/ui/StatusChip";
import classes from "../plans.module.css";
import type { PlanSide, Rule } from "../shapes";
import { type Change, changesBetween } from "../words/diff";
import { whatInWords, whenInWords } from "../words/ruleWords";
import type { Speaker } from "../words/speaker";

interface Props {
  side: PlanSide;
  before: readonly Rule[];
  after: readonly Rule[];
  speaker: Speaker;
}

/** What becomes of each rule of one side, in words. */
export function Changes({ side, before, after, speaker }: Props) {
  const { t } = useTranslation("plan_editor");
  const changes = changesBetween(before, after);
  const title = side === "earnings" ? t("side.earnings") : t("side.revenue");
  return (
    <section aria-label={title}>
      <Text fw={600} mb={4}>
        {title}
      </Text>
      {changes.length === 0 && <Text c="dimmed">{t("changes.none")}</Text>}
      <ul className={classes.changes}>
        {changes.map((change) => (
          <li key={"after" in change ? change.after.id : change.before.id}>
            <ChangeLine change={change} speaker={speaker} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ChangeLine({ change, speaker }: { change: Change; speaker: Speaker }) {
  const { t } = useTranslation("plan_editor");
  if (change.kind === "changed") {
    const { before, after } = change;
    return (
      <>
        <StatusChip tone="pending" label={t("changes.changed")} />
        <span translate="no">
          {whenInWords(after, speaker)}: <s>{whatInWords(before, speaker)}</s> → {whatInWords(after, speaker)}
        </span>
      </>
    );
  }
  const isNew = change.kind === "added";
  const rule = isNew ? change.after : change.before;
  const words = `${whenInWords(rule, speaker)}: ${whatInWords(rule, speaker)}`;
  return (
    <>
      <StatusChip tone={isNew ? "good" : "bad"} label={isNew ? t("changes.added") : t("changes.gone")} />
      <span translate="no">{words}</span>
    </>
  );
}
