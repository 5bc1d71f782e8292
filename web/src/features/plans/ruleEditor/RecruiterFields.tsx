import { Group, Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/ui/format";
import classes from "../plans.module.css";
import { effectOfRecruiter, type RecruiterDraft } from "./recruiterDraft";

interface Props {
  recruiter: RecruiterDraft;
  onChange: (recruiter: RecruiterDraft) => void;
}

const LEVELS = [1, 2, 3];

/** For whom up the chain, which part of what, and for how long. */
export function RecruiterFields({ recruiter, onChange }: Props) {
  const { t } = useTranslation("plan_editor");
  const { number } = useFormat();
  const set = (change: Partial<RecruiterDraft>) => onChange({ ...recruiter, ...change });
  const isWrong = recruiter.percent !== "" && !effectOfRecruiter({ ...recruiter, months: "" });
  return (
    <>
      <Select
        label={t("effect.recruiter_level")}
        data={LEVELS.map((level) => ({
          value: String(level),
          label:
            level === 1
              ? t("effect.recruiter_direct")
              : t("effect.recruiter_above", { level: number(level) }),
        }))}
        value={String(recruiter.level)}
        onChange={(level) => set({ level: Number(level ?? 1) })}
        allowDeselect={false}
      />
      <Group grow align="flex-start">
        <TextInput
          label={t("effect.recruiter_percent")}
          inputMode="decimal"
          className="figures"
          value={recruiter.percent}
          onChange={(event) => set({ percent: event.currentTarget.value })}
          error={isWrong}
          rightSection={<span className={classes.unit}>%</span>}
        />
        <Select
          label={t("effect.recruiter_of")}
          data={[
            { value: "payout", label: t("effect.recruiter_payout") },
            { value: "profit", label: t("effect.recruiter_profit") },
          ]}
          value={recruiter.of}
          onChange={(of) => set({ of: of === "profit" ? "profit" : "payout" })}
          allowDeselect={false}
        />
      </Group>
      <TextInput
        label={t("effect.months")}
        description={t("effect.recruiter_months_help")}
        inputMode="numeric"
        className="figures"
        value={recruiter.months}
        onChange={(event) => set({ months: event.currentTarget.value })}
      />
    </>
  );
}
