import { Autocomplete, Select, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { VERTICALS, VISIBILITIES, type Visibility } from "../model";
import { useManagers } from "../queries";
import classes from "./editor.module.css";
import type { OfferForm } from "./form";

function known(vertical: string): boolean {
  return VERTICALS.some((one) => one === vertical);
}

/** What the offer is called, who sees it and who looks after it. */
export function BasicFields({ form, disabled }: { form: OfferForm; disabled?: boolean }) {
  const { t } = useTranslation("offers");
  const word = useWords();
  const managers = useManagers();
  const explained: Record<Visibility, string> = {
    public: t("editor.visibility_public"),
    by_approval: t("editor.visibility_by_approval"),
    private: t("editor.visibility_private"),
  };
  return (
    <div className={classes.fields}>
      <TextInput label={t("editor.name")} required disabled={disabled} {...form.getInputProps("name")} />
      <Select
        label={t("editor.visibility")}
        description={explained[form.values.visibility]}
        data={VISIBILITIES.map((visibility) => ({
          value: visibility,
          label: word("visibility", visibility),
        }))}
        allowDeselect={false}
        disabled={disabled}
        {...form.getInputProps("visibility")}
      />
      <Autocomplete
        label={t("editor.vertical")}
        description={t("editor.vertical_help")}
        data={VERTICALS.map((vertical) => word("vertical", vertical))}
        disabled={disabled}
        {...form.getInputProps("vertical")}
        value={known(form.values.vertical) ? word("vertical", form.values.vertical) : form.values.vertical}
        onChange={(text) =>
          form.setFieldValue(
            "vertical",
            VERTICALS.find((vertical) => word("vertical", vertical) === text) ?? text,
          )
        }
      />
      <Select
        label={t("editor.manager")}
        description={t("editor.manager_help")}
        data={managers}
        clearable
        searchable
        disabled={disabled}
        {...form.getInputProps("manager_id")}
      />
      <Textarea
        className={classes.wide}
        label={t("editor.description")}
        description={t("editor.description_help")}
        autosize
        minRows={2}
        maxRows={10}
        disabled={disabled}
        {...form.getInputProps("description")}
      />
    </div>
  );
}
