import { ActionIcon, Button, Group, Menu, NumberInput, Text, TextInput, Title } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { FormDrawer } from "~/ui/FormDrawer";
import type { SentRule } from "../card/rows";
import { CONDITIONS, type ConditionName, setConditions } from "../conditions";
import classes from "../plans.module.css";
import type { PlanSide, Rule } from "../shapes";
import { ruleInWords } from "../words/ruleWords";
import type { Speaker } from "../words/speaker";
import { ConditionField } from "./ConditionField";
import { EffectFields } from "./EffectFields";
import { LimitFields } from "./LimitFields";
import { draftOfRule, NEW_RULE, type RuleDraft, ruleOf } from "./ruleDraft";
import { useConditionNames } from "./useConditionNames";

interface Props {
  title: string;
  offer: Schemas["OfferOut"];
  /** Limits hold what partners earn alone. */
  side: PlanSide;
  speaker: Speaker;
  /** The rule that is changed; none for a new one. */
  rule?: Rule;
  onSave: (rule: SentRule) => Promise<unknown>;
  onClose: () => void;
}

/** One rule: when it holds, what it gives, and how strong it is. */
export function RuleForm({ title, offer, side, speaker, rule, onSave, onClose }: Props) {
  const { t } = useTranslation("plan_editor");
  const [draft, setDraft] = useState<RuleDraft>(() => (rule ? draftOfRule(rule, offer.currency) : NEW_RULE));
  const change = (part: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...part }));
  const sent = ruleOf(draft, offer.currency);
  const save = useMutation({
    mutationFn: async () => (sent ? onSave(sent) : undefined),
    onSuccess: onClose,
  });
  return (
    <FormDrawer
      title={title}
      size="lg"
      onClose={onClose}
      onSubmit={save.mutate}
      error={save.error}
      isSaving={save.isPending}
      isReady={sent !== undefined}
    >
      <output className={classes.example} aria-label={t("rules.reads")} translate="no">
        {sent ? ruleInWords(sent, speaker) : t("rules.unreadable")}
      </output>
      <TextInput
        label={t("rules.name")}
        description={t("rules.name_help")}
        value={draft.name}
        maxLength={120}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Title order={3} size="h4">
        {t("rules.when")}
      </Title>
      <ConditionList
        conditions={draft.conditions}
        onChange={(conditions) => change({ conditions })}
        offer={offer}
        names={speaker.names}
      />
      <Title order={3} size="h4">
        {t("rules.gives")}
      </Title>
      <EffectFields draft={draft} onChange={change} currency={offer.currency} side={side} />
      {side === "earnings" && draft.kind !== "bonus" && (
        <>
          <Title order={3} size="h4">
            {t("rules.limits")}
          </Title>
          <LimitFields
            limits={draft.limits}
            onChange={(limits) => change({ limits })}
            currency={offer.currency}
          />
        </>
      )}
      <NumberInput
        label={t("rules.priority_label")}
        description={t("rules.priority_help")}
        allowDecimal={false}
        w={220}
        value={draft.priority}
        onChange={(priority) => change({ priority: typeof priority === "number" ? priority : 0 })}
      />
    </FormDrawer>
  );
}

interface ListProps {
  conditions: RuleDraft["conditions"];
  onChange: (conditions: RuleDraft["conditions"]) => void;
  offer: Schemas["OfferOut"];
  names: Readonly<Record<string, string>>;
}

/** The conditions that are set, and a menu of the others. One that was chosen stays while it is still empty. */
function ConditionList({ conditions, onChange, offer, names }: ListProps) {
  const { t } = useTranslation("plan_editor");
  const words = useConditionNames();
  const [chosen, setChosen] = useState<ConditionName[]>([]);
  const shown = CONDITIONS.filter(
    (name) => setConditions(conditions).includes(name) || chosen.includes(name),
  );
  const others = CONDITIONS.filter((name) => !shown.includes(name));
  const remove = (name: ConditionName) => {
    setChosen(chosen.filter((each) => each !== name));
    const { [name]: _, ...rest } = conditions;
    onChange(rest);
  };
  return (
    <>
      {shown.length === 0 && <Text c="dimmed">{t("rules.always")}</Text>}
      {shown.map((name) => (
        <Group key={name} align="flex-end" wrap="nowrap" gap="xs">
          <div className={classes.condition}>
            <ConditionField
              name={name}
              conditions={conditions}
              onChange={(change) => onChange({ ...conditions, ...change })}
              offer={offer}
              names={names}
            />
          </div>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t("rules.drop_condition", { condition: words[name] })}
            onClick={() => remove(name)}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Menu position="bottom-start">
        <Menu.Target>
          <Button
            variant="default"
            style={{ alignSelf: "flex-start" }}
            leftSection={<IconPlus size={16} aria-hidden />}
          >
            {t("rules.add_condition")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={320} style={{ overflowY: "auto" }}>
          {others.map((name) => (
            <Menu.Item key={name} onClick={() => setChosen([...chosen, name])}>
              {words[name]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
