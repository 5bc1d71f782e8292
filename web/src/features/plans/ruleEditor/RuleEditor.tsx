import { ActionIcon, Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { Section } from "~/ui/Page";
import { notifyDone, notifyFailed } from "~/ui/Toast";
import type { SentRule } from "../card/rows";
import type { Finding } from "../draft/api";
import { useFindingText } from "../draft/useFindingText";
import type { PlanSide, Rule, Sides } from "../shapes";
import { ruleInWords } from "../words/ruleWords";
import type { Speaker } from "../words/speaker";
import { RuleForm } from "./RuleForm";
import { RuleSentences } from "./RuleSentences";

interface Props {
  offer: Schemas["OfferOut"];
  sides: Sides;
  findings: readonly Finding[];
  speaker: Speaker;
  onSave: (sides: Record<PlanSide, SentRule[]>) => Promise<unknown>;
  readOnly?: boolean;
}

type Open = { side: PlanSide; rule?: Rule };

/** Every rule of both sides as a sentence, the strongest first, with a form for each. */
export function RuleEditor({ offer, sides, findings, speaker, onSave, readOnly }: Props) {
  const { t } = useTranslation("plan_editor");
  const [open, setOpen] = useState<Open>();
  const put = (side: PlanSide, rules: SentRule[]) => onSave({ ...sides, [side]: rules });
  const keep = ({ side, rule }: Open, sent: SentRule) => {
    const others = sides[side].filter(({ id }) => id !== rule?.id);
    return put(side, [...others, sent]);
  };
  const remove = (side: PlanSide, rule: Rule) => {
    const before = sides[side];
    put(
      side,
      before.filter(({ id }) => id !== rule.id),
    ).then(
      () => notifyDone(t("rules.removed"), { undo: () => void put(side, before).catch(notifyFailed) }),
      notifyFailed,
    );
  };
  const titles = { earnings: t("side.earnings"), revenue: t("side.revenue") };
  const openTitle =
    open && (open.rule ? t("rules.change_title") : t("rules.add_title", { side: titles[open.side] }));
  return (
    <Stack gap="lg">
      <Text size="sm" c="dimmed">
        {t("rules.help")}
      </Text>
      {(["earnings", "revenue"] as const).map((side) => (
        <Section
          key={side}
          title={titles[side]}
          action={
            !readOnly && (
              <Button
                variant="default"
                leftSection={<IconPlus size={16} aria-hidden />}
                onClick={() => setOpen({ side })}
              >
                {t("rules.add")}
              </Button>
            )
          }
        >
          <RuleSentences
            rules={sides[side]}
            speaker={speaker}
            label={titles[side]}
            below={(rule) => <FindingsOf rule={rule} findings={findings} sides={sides} />}
            beside={(rule) =>
              !readOnly && (
                <Group gap={0} wrap="nowrap">
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size={32}
                    aria-label={t("rules.change", { rule: ruleInWords(rule, speaker) })}
                    onClick={() => setOpen({ side, rule })}
                  >
                    <IconPencil size={16} />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size={32}
                    aria-label={t("rules.remove", { rule: ruleInWords(rule, speaker) })}
                    onClick={() => remove(side, rule)}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </Group>
              )
            }
          />
        </Section>
      ))}
      {open && (
        <RuleForm
          title={openTitle ?? ""}
          offer={offer}
          side={open.side}
          speaker={speaker}
          rule={open.rule}
          onSave={(sent) => keep(open, sent)}
          onClose={() => setOpen(undefined)}
        />
      )}
    </Stack>
  );
}

interface FindingsProps {
  rule: Rule;
  findings: readonly Finding[];
  sides: Sides;
}

/** What the linter says of a rule, beside it. */
function FindingsOf({ rule, findings, sides }: FindingsProps) {
  const findingText = useFindingText(sides);
  const own = findings.filter(({ rule_ids }) => rule_ids[0] === rule.id);
  return [...new Set(own.map(findingText))].map((text) => (
    <Alert key={text} color="yellow" p={6} mt={4}>
      <Text size="sm">{text}</Text>
    </Alert>
  ));
}
