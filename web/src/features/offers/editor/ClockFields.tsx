import { NumberInput, Select, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import classes from "./editor.module.css";
import type { OfferForm } from "./form";
import { ViewWindow } from "./ViewWindow";

const DAYS_MAX = 365;
const STARTS = ["pending", "approved"] as const;
const PAY_MODELS = ["last", "first", "position", "assist"] as const;
const EXPIRIES = ["stay", "approve", "reject"] as const;

/** How long a click counts, how a conversion begins, and when its money is safe. */
export function ClockFields({ form, disabled }: { form: OfferForm; disabled?: boolean }) {
  const { t } = useTranslation("offers");
  const word = useWords();
  return (
    <div className={classes.fields}>
      <Select
        label={t("rules.start")}
        description={t("rules.start_help")}
        data={STARTS.map((start) => ({ value: start, label: word("conversion_start", start) }))}
        allowDeselect={false}
        disabled={disabled}
        {...form.getInputProps("conversion_start")}
      />
      <NumberInput
        label={t("rules.hold")}
        description={t("rules.hold_help")}
        suffix={` ${t("rules.days")}`}
        min={0}
        max={DAYS_MAX}
        allowDecimal={false}
        disabled={disabled}
        {...form.getInputProps("hold_days")}
      />
      <NumberInput
        label={t("rules.validation")}
        description={t("rules.validation_help")}
        suffix={` ${t("rules.days")}`}
        min={0}
        max={DAYS_MAX}
        allowDecimal={false}
        disabled={disabled}
        {...form.getInputProps("validation_days")}
      />
      <Select
        label={t("rules.expiry")}
        description={t("rules.expiry_help")}
        data={EXPIRIES.map((expiry) => ({ value: expiry, label: word("validation_expiry", expiry) }))}
        allowDeselect={false}
        disabled={disabled}
        {...form.getInputProps("validation_expiry")}
      />
      <NumberInput
        label={t("rules.window_max")}
        description={t("rules.window_max_help")}
        suffix={` ${t("rules.days")}`}
        min={1}
        max={DAYS_MAX}
        allowDecimal={false}
        disabled={disabled}
        {...form.getInputProps("click_to_conversion_max_days")}
      />
      <NumberInput
        label={t("rules.window_min")}
        description={t("rules.window_min_help")}
        suffix={` ${t("rules.seconds")}`}
        min={0}
        max={86_400}
        allowDecimal={false}
        disabled={disabled}
        {...form.getInputProps("click_to_conversion_min_seconds")}
      />
      <ViewWindow form={form} disabled={disabled} />
      <NumberInput
        label={t("rules.duplicates")}
        description={t("rules.duplicates_help")}
        suffix={` ${t("rules.hours")}`}
        min={0}
        max={24 * DAYS_MAX}
        allowDecimal={false}
        disabled={disabled}
        {...form.getInputProps("duplicate_window_hours")}
      />
      <Switch
        label={t("rules.many")}
        description={t("rules.many_help")}
        mt="lg"
        disabled={disabled}
        {...form.getInputProps("many_per_click", { type: "checkbox" })}
      />
      <Select
        label={t("rules.pay")}
        description={t("rules.pay_help")}
        data={PAY_MODELS.map((value) => ({ value, label: word("pay_model", value) }))}
        allowDeselect={false}
        disabled={disabled}
        {...form.getInputProps("pay_model")}
      />
      {form.values.pay_model === "assist" && (
        <NumberInput
          label={t("rules.assist")}
          description={t("rules.assist_help")}
          suffix=" %"
          min={1}
          max={90}
          allowDecimal={false}
          disabled={disabled}
          {...form.getInputProps("assist_percent")}
        />
      )}
    </div>
  );
}
