import { Button, Group, SegmentedControl, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "~/domain/person";
import { MoneyInput } from "~/ui/FigureInputs";
import { FormError } from "~/ui/FormError";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/Page";
import { fieldErrors } from "~/ui/problems";
import { type DecideDispute, type DisputeDetail, decide, useDisputesChanged } from "./model";

const WORDS_MAX = 200;

type Way = "report" | "amount";

/** Upholds a dispute, and says how it is put right; or refuses it. */
export function DecideForm({ dispute }: { dispute: DisputeDetail["dispute"] }) {
  const { t } = useTranslation("disputes");
  const { money } = useFormat();
  const changed = useDisputesChanged();
  const own = useMe().workspace.reporting_currency;
  const currency = dispute.amount?.currency ?? own;
  const isMissing = dispute.kind === "missing";
  const [way, setWay] = useState<Way>(dispute.click_id ? "report" : "amount");
  const [minor, setMinor] = useState<number | null>(null);
  const [goal, setGoal] = useState("");
  const [value, setValue] = useState<number | null>(null);
  const [words, setWords] = useState("");
  const gives = dispute.kind === "price" || (isMissing && way === "amount");
  const reports = isMissing && way === "report";
  const save = useMutation({
    mutationFn: async (uphold: boolean) => {
      const body: DecideDispute = { uphold, words };
      if (uphold && gives) body.amount = { minor: minor ?? 0, currency };
      if (uphold && reports) body.report = reportOf(goal, value, currency);
      return decide(dispute.id, body);
    },
    onSuccess: changed,
  });
  const errors = fieldErrors(save.error);
  const effect = {
    rejected: t("decide.reinstates"),
    price: t("decide.gives", { amount: money({ minor: minor ?? 0, currency }) }),
    missing: reports
      ? t("decide.reports")
      : t("decide.gives", { amount: money({ minor: minor ?? 0, currency }) }),
  }[dispute.kind];
  const lacks = words.trim() === "";
  return (
    <Section title={t("decide.title")}>
      <Stack gap="md">
        <FormError error={save.error} />
        {isMissing && (
          <SegmentedControl
            aria-label={t("decide.way")}
            data={[
              { value: "report", label: t("decide.by_report"), disabled: !dispute.click_id },
              { value: "amount", label: t("decide.by_amount") },
            ]}
            value={way}
            onChange={(chosen) => setWay(chosen as Way)}
          />
        )}
        {reports && (
          <Group grow align="flex-start">
            <TextInput
              label={t("decide.goal")}
              description={t("decide.goal_help")}
              value={goal}
              onChange={(event) => setGoal(event.currentTarget.value)}
              error={errors["report.goal"]}
            />
            <MoneyInput
              label={t("decide.value")}
              description={t("decide.value_help")}
              currency={currency}
              value={value}
              onChange={setValue}
            />
          </Group>
        )}
        {gives && (
          <MoneyInput
            label={t("decide.amount")}
            description={t("decide.amount_help")}
            currency={currency}
            value={minor}
            onChange={setMinor}
            error={errors["amount.minor"] ?? errors.amount}
          />
        )}
        <Text role="status" aria-label={t("decide.effect")}>
          {effect}
        </Text>
        <Textarea
          label={t("decide.words")}
          description={t("decide.words_help")}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          error={errors.words}
          maxLength={WORDS_MAX}
          autosize
          minRows={2}
          required
        />
        <Group justify="flex-end" gap="xs">
          <Button
            variant="default"
            disabled={lacks}
            loading={save.isPending && save.variables === false}
            onClick={() => save.mutate(false)}
          >
            {t("decide.refuse")}
          </Button>
          <Button
            disabled={lacks || (gives && (minor ?? 0) <= 0)}
            loading={save.isPending && save.variables === true}
            onClick={() => save.mutate(true)}
          >
            {t("decide.uphold")}
          </Button>
        </Group>
      </Stack>
    </Section>
  );
}

function reportOf(goal: string, minor: number | null, currency: string): DecideDispute["report"] {
  return { goal: goal.trim() || null, order_value: minor ? { minor, currency } : null };
}
