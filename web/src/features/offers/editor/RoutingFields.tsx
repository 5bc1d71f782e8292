import { Switch, TagsInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./editor.module.css";
import type { OfferForm } from "./form";

/** Where visitors may be sent and what the landing page is told. */
export function RoutingFields({ form, disabled }: { form: OfferForm; disabled?: boolean }) {
  const { t } = useTranslation("offers");
  const hostError = Object.entries(form.errors).find(([path]) => path.startsWith("allowed_hosts"))?.[1];
  return (
    <div className={classes.fields}>
      <TextInput
        label={t("rules.parameter")}
        description={t("rules.parameter_help")}
        disabled={disabled}
        {...form.getInputProps("landing_parameter")}
      />
      <TextInput
        type="url"
        label={t("rules.fallback")}
        description={t("rules.fallback_help")}
        placeholder="https://"
        disabled={disabled}
        {...form.getInputProps("fallback_url")}
      />
      <TagsInput
        className={classes.wide}
        label={t("rules.hosts")}
        description={t("rules.hosts_help")}
        splitChars={[",", " "]}
        acceptValueOnBlur
        disabled={disabled}
        {...form.getInputProps("allowed_hosts")}
        error={hostError}
      />
      <TextInput
        label={t("rules.utm")}
        description={t("rules.utm_help")}
        placeholder="utm_source=tributary&utm_campaign={offer_id}"
        disabled={disabled}
        {...form.getInputProps("utm_template")}
      />
      <Switch
        label={t("rules.extras")}
        description={t("rules.extras_help")}
        mt="lg"
        disabled={disabled}
        {...form.getInputProps("passes_extra_parameters", { type: "checkbox" })}
      />
    </div>
  );
}
