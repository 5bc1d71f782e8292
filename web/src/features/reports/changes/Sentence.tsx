import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMetrics } from "~/domain/metrics";
import { useWords } from "~/domain/words";
import type { Changes } from "./query";
import { useChangeText } from "./useChangeText";

/** Causes that the sentence names. */
const NAMED = 2;

/** The change in a sentence, and where it comes from. */
export function Sentence({ changes }: { changes: Changes }) {
  const { t } = useTranslation("changes");
  const word = useWords();
  const metrics = useMetrics();
  const { figure, effect, name } = useChangeText(changes);
  const metric = metrics.name(changes.metric);
  if (changes.change == null) return <Text>{t("incomparable", { metric })}</Text>;
  const told = { metric, before: figure(changes.before), now: figure(changes.now) };
  if (changes.change === 0) return <Text>{t("same", told)}</Text>;
  const causes = changes.causes.slice(0, NAMED).map((cause) =>
    t("cause", {
      dimension: word("dimension", cause.dimension),
      value: name(cause.dimension, cause.value),
      effect: effect(cause.effect),
    }),
  );
  return (
    <div>
      <Text fz="lg" fw={500} translate="no">
        {changes.change > 0 ? t("rose", told) : t("fell", told)}
      </Text>
      <Text c="dimmed" translate="no">
        {causes.length > 0 ? t("comes_from", { causes: causes.join("; ") }) : t("from_everywhere")}
      </Text>
    </div>
  );
}
