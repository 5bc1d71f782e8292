import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { EmptyState, Page } from "~/ui/Page";
import { FORM_STATES, type FormState } from "./model";
import { TaxFormTable } from "./TaxFormTable";

const ALL = "all";

function readState(raw: PageSearch): { state: FormState | typeof ALL } {
  const asked = textOf(raw, "state");
  return { state: FORM_STATES.find((state) => state === asked) ?? (asked === ALL ? ALL : "submitted") };
}

/** Tax forms of all partners; at first those that wait. */
export default function TaxFormsPage() {
  const { t } = useTranslation("on_file");
  const word = useWords();
  const [search, change] = usePageState(readState);
  const words = FORM_STATES.map((state) => ({
    value: state as string,
    label: word("tax_form_state", state),
  }));
  return (
    <Page title={t("forms")} subtitle={t("forms_subtitle")}>
      <TaxFormTable
        withPartner
        filter={{ state: search.state === ALL ? undefined : search.state }}
        toolbar={
          <Select
            aria-label={t("column.state")}
            data={[{ value: ALL, label: t("all_states") }, ...words]}
            value={search.state}
            onChange={(state) => change({ state: (state as FormState | typeof ALL | null) ?? ALL })}
            allowDeselect={false}
          />
        }
        empty={<EmptyState title={t("forms_empty")} text={t("forms_empty_text")} />}
      />
    </Page>
  );
}
