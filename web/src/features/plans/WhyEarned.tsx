import { Text } from "@mantine/core";
import type { Rule } from "./shapes";
import { ruleInWords } from "./words/ruleWords";
import { useSpeaker } from "./words/speaker";

interface Props {
  rule: Pick<Rule, "conditions" | "effect" | "limits">;
  currency: string;
  /** Names of the goals and partners that the rule may speak of, by id. */
  names: Readonly<Record<string, string>>;
}

/** Why something earned what it did: its rule as a sentence. */
export function WhyEarned({ rule, currency, names }: Props) {
  const speaker = useSpeaker(currency, names);
  return (
    <Text size="sm" c="dimmed" translate="no">
      {ruleInWords(rule, speaker)}
    </Text>
  );
}
