import { Button } from "@mantine/core";
import { IconGauge, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { useOfferOptions, usePartnerOptions } from "~/features/conversions/options";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { FilterChips, type FilterSpec } from "~/ui/FilterChips";
import { useFormat } from "~/ui/format";
import { EmptyState, Page, Section } from "~/ui/Page";
import { CapDetail } from "./CapDetail";
import { EditCapDrawer, NewCapDrawer } from "./CapDrawer";
import { CapTable } from "./CapTable";
import { type CapFilter, METRICS, SCOPES, STATES, useCaps } from "./model";
import { RequestList } from "./RequestList";
import { useRequests } from "./requests";

const FILTERS = ["offer_id", "partner_id", "metric", "scope", "state", "decision"] as const;

function readState(raw: PageSearch) {
  return {
    offer_id: textOf(raw, "offer_id"),
    partner_id: textOf(raw, "partner_id"),
    metric: textOf(raw, "metric"),
    scope: textOf(raw, "scope"),
    state: textOf(raw, "state"),
    decision: textOf(raw, "decision"),
    /** The one open beside. */
    cap: textOf(raw, "cap"),
    /** `new`, or `edit` of the open one. */
    form: textOf(raw, "form"),
  };
}

/** Every cap, with its pacing. */
export default function CapsPage() {
  const { t } = useTranslation("caps");
  const [search, change] = usePageState(readState);
  const { timezone } = useFormat();
  const filter = Object.fromEntries(FILTERS.map((name) => [name, search[name]])) as CapFilter;
  const caps = useCaps(filter);
  const mayEdit = useMay("caps:write");
  const requests = useRequests({ state: "requested" });
  const open = caps.rows.find(({ id }) => id === search.cap);
  const none = Object.fromEntries(FILTERS.map((name) => [name, undefined]));
  const add = mayEdit ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => change({ form: "new" })}>
      {t("add")}
    </Button>
  ) : null;
  return (
    <Page title={t("title")} subtitle={t("subtitle")} action={add}>
      {requests.rows.length > 0 && (
        <Section title={t("requests")}>
          <RequestList requests={requests.rows} decides={mayEdit ? "manager" : undefined} />
        </Section>
      )}
      <CapTable
        list={caps}
        onOpen={(cap) => change({ cap: cap.id }, { push: true })}
        openId={search.cap}
        filtered={FILTERS.some((name) => search[name] !== undefined)}
        onClearFilters={() => change(none)}
        toolbar={<Filters search={search} onChange={change} />}
        empty={
          <EmptyState
            icon={<IconGauge size={28} stroke={1.5} />}
            title={t("none")}
            text={t("none_text")}
            action={add}
          />
        }
      />
      <CapDetail
        cap={search.form ? undefined : open}
        onClose={() => change({ cap: undefined })}
        onEdit={() => change({ form: "edit" })}
      />
      {mayEdit && search.form === "new" && (
        <NewCapDrawer
          given={{ timezone, offerId: search.offer_id ?? null }}
          onClose={() => change({ form: undefined })}
        />
      )}
      {mayEdit && open && search.form === "edit" && (
        <EditCapDrawer cap={open} onClose={() => change({ form: undefined })} />
      )}
    </Page>
  );
}

interface FiltersProps {
  search: ReturnType<typeof readState>;
  onChange: (change: Partial<ReturnType<typeof readState>>) => void;
}

function Filters({ search, onChange }: FiltersProps) {
  const { t } = useTranslation("caps");
  const word = useWords();
  const offers = useOfferOptions();
  const partners = usePartnerOptions();
  const specs: FilterSpec[] = [
    {
      kind: "one",
      id: "offer_id",
      label: t("field.offer"),
      options: offers.options,
      onSearch: offers.search,
    },
    {
      kind: "one",
      id: "partner_id",
      label: t("field.partner"),
      options: partners.options,
      onSearch: partners.search,
    },
    {
      kind: "one",
      id: "metric",
      label: t("field.metric"),
      options: METRICS.map((code) => ({ value: code, label: word("cap_metric", code) })),
    },
    {
      kind: "one",
      id: "scope",
      label: t("field.scope"),
      options: SCOPES.map((code) => ({ value: code, label: word("cap_scope", code) })),
    },
    {
      kind: "one",
      id: "state",
      label: t("field.state"),
      options: STATES.map((code) => ({ value: code, label: word("cap_state", code) })),
    },
    {
      kind: "one",
      id: "decision",
      label: t("field.decision"),
      options: [{ value: "open", label: word("cap_decision", "open") }],
    },
  ];
  const { offer_id, partner_id, metric, scope, state, decision } = search;
  return (
    <FilterChips
      filters={specs}
      values={{ offer_id, partner_id, metric, scope, state, decision }}
      onChange={(values) =>
        onChange(Object.fromEntries(FILTERS.map((name) => [name, values[name] as string | undefined])))
      }
    />
  );
}
