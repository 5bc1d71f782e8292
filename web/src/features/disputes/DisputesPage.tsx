import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { usePartnerOptions } from "~/features/conversions/options";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { FilterChips, type FilterSpec } from "~/ui/FilterChips";
import { Page } from "~/ui/Page";
import { DisputeDrawer } from "./DisputeDrawer";
import { DisputeTable } from "./DisputeTable";
import { DISPUTE_KINDS, DISPUTE_STATES } from "./model";
import { TermsDrawer } from "./TermsDrawer";
import { useDisputeWords } from "./useDisputeWords";

function readState(raw: PageSearch) {
  return {
    state: DISPUTE_STATES.find((state) => state === textOf(raw, "state")),
    kind: DISPUTE_KINDS.find((kind) => kind === textOf(raw, "kind")),
    partner_id: textOf(raw, "partner_id"),
    /** What is open beside: a dispute's id, or `terms`. */
    open: textOf(raw, "open"),
  };
}

/** What partners dispute: the facts beside it, and the decision. */
export default function DisputesPage() {
  const { t } = useTranslation("disputes");
  const [search, change] = usePageState(readState);
  const words = useDisputeWords();
  const partners = usePartnerOptions();
  const mayDecide = useMay("disputes:decide");
  const { state, kind, partner_id, open } = search;
  const close = () => change({ open: undefined });
  const specs: FilterSpec[] = [
    {
      kind: "one",
      id: "state",
      label: t("column.state"),
      options: DISPUTE_STATES.map((code) => ({ value: code, label: words.state[code] })),
    },
    {
      kind: "one",
      id: "kind",
      label: t("column.kind"),
      options: DISPUTE_KINDS.map((code) => ({ value: code, label: words.kind[code] })),
    },
    {
      kind: "one",
      id: "partner_id",
      label: t("column.partner"),
      options: partners.options,
      onSearch: partners.search,
    },
  ];
  const terms = (
    <Button variant="default" onClick={() => change({ open: "terms" })}>
      {t("terms.title")}
    </Button>
  );
  return (
    <Page title={t("title")} subtitle={t("subtitle")} action={mayDecide && terms}>
      <DisputeTable
        filter={{ state, kind, partner_id }}
        open={open}
        onOpen={(row) => change({ open: row.id }, { push: true })}
        onClearFilters={() => change({ state: undefined, kind: undefined, partner_id: undefined })}
        toolbar={
          <FilterChips
            filters={specs}
            values={{ state, kind, partner_id }}
            onChange={(values) =>
              change({
                state: values.state as typeof state,
                kind: values.kind as typeof kind,
                partner_id: values.partner_id as string | undefined,
              })
            }
          />
        }
        emptyText={t("none_staff")}
      />
      {open?.startsWith("dsp_") && <DisputeDrawer key={open} id={open} onClose={close} />}
      {mayDecide && open === "terms" && <TermsDrawer onClose={close} />}
    </Page>
  );
}
