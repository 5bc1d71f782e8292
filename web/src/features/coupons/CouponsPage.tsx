import { Button } from "@mantine/core";
import { IconPlus, IconTicket } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { useAdvertiserOptions, usePartnerOptions } from "~/features/conversions/options";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { type Column, DataTable } from "~/ui/DataTable";
import { FilterChips, type FilterSpec } from "~/ui/FilterChips";
import { useFormat } from "~/ui/format";
import { EmptyState, Page } from "~/ui/Page";
import { When } from "~/ui/When";
import { CouponDrawer } from "./CouponDrawer";
import { COUPON_STATES, type CouponFilter, type NamedCoupon, useCoupons } from "./model";

const FILTERS = ["partner_id", "advertiser_id", "state", "q"] as const;

function readState(raw: PageSearch) {
  return {
    partner_id: textOf(raw, "partner_id"),
    advertiser_id: textOf(raw, "advertiser_id"),
    state: textOf(raw, "state"),
    q: textOf(raw, "q"),
    /** The one open beside; `new` for one to be. */
    coupon: textOf(raw, "coupon"),
  };
}

/** Every code, whose it is, and how it is used; the leak list among them. */
export default function CouponsPage() {
  const { t } = useTranslation("coupons");
  const [search, change] = usePageState(readState);
  const filter = Object.fromEntries(FILTERS.map((name) => [name, search[name]])) as CouponFilter;
  const coupons = useCoupons(filter);
  const columns = useColumns();
  const mayEdit = useMay("coupons:write");
  const open = coupons.rows.find(({ id }) => id === search.coupon);
  const none = Object.fromEntries(FILTERS.map((name) => [name, undefined]));
  const add = mayEdit ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => change({ coupon: "new" })}>
      {t("add")}
    </Button>
  ) : null;
  const close = () => change({ coupon: undefined });
  return (
    <Page title={t("title")} subtitle={t("subtitle")} action={add}>
      <DataTable
        caption={t("title")}
        columns={columns}
        rows={coupons.rows}
        rowId={(coupon) => coupon.id}
        state={coupons.state}
        error={coupons.error}
        onRetry={coupons.retry}
        hasMore={coupons.hasMore}
        loadingMore={coupons.loadingMore}
        onEndReached={coupons.loadMore}
        onRowOpen={mayEdit ? (coupon) => change({ coupon: coupon.id }, { push: true }) : undefined}
        openRowId={search.coupon}
        filtered={FILTERS.some((name) => search[name] !== undefined)}
        onClearFilters={() => change(none)}
        toolbar={<Filters search={search} onChange={change} />}
        empty={
          <EmptyState
            icon={<IconTicket size={28} stroke={1.5} />}
            title={t("none")}
            text={t("none_text")}
            action={add}
          />
        }
        storageKey="coupons"
        copyName="coupons"
      />
      {mayEdit && search.coupon === "new" && <CouponDrawer onClose={close} />}
      {mayEdit && open && <CouponDrawer key={open.id} coupon={open} onClose={close} />}
    </Page>
  );
}

interface FiltersProps {
  search: ReturnType<typeof readState>;
  onChange: (change: Partial<ReturnType<typeof readState>>) => void;
}

function Filters({ search, onChange }: FiltersProps) {
  const { t } = useTranslation("coupons");
  const word = useWords();
  const partners = usePartnerOptions();
  const advertisers = useAdvertiserOptions();
  const specs: FilterSpec[] = [
    { kind: "text", id: "q", label: t("field.code") },
    {
      kind: "one",
      id: "partner_id",
      label: t("field.partner"),
      options: partners.options,
      onSearch: partners.search,
    },
    { kind: "one", id: "advertiser_id", label: t("field.advertiser"), options: advertisers.options },
    {
      kind: "one",
      id: "state",
      label: t("field.state"),
      options: COUPON_STATES.map((code) => ({ value: code, label: word("coupon_state", code) })),
    },
  ];
  const { q, partner_id, advertiser_id, state } = search;
  return (
    <FilterChips
      filters={specs}
      values={{ q, partner_id, advertiser_id, state }}
      onChange={(values) =>
        onChange(Object.fromEntries(FILTERS.map((name) => [name, values[name] as string | undefined])))
      }
    />
  );
}

function useColumns(): Column<NamedCoupon>[] {
  const { t } = useTranslation("coupons");
  const word = useWords();
  const { number } = useFormat();
  return useMemo(() => {
    const partner = (coupon: NamedCoupon) => coupon.names[coupon.partner_id] ?? "";
    const advertiser = (coupon: NamedCoupon) => coupon.names[coupon.advertiser_id] ?? "";
    const named = (name: (coupon: NamedCoupon) => string) => ({
      cell: (coupon: NamedCoupon) => <span translate="no">{name(coupon)}</span>,
      value: name,
      sortable: true,
    });
    return [
      { id: "code", header: t("field.code"), ...named((coupon) => coupon.code), width: 180, onCard: 1 },
      { id: "partner", header: t("field.partner"), ...named(partner), width: 200, onCard: 2 },
      { id: "advertiser", header: t("field.advertiser"), ...named(advertiser), width: 180 },
      {
        id: "uses",
        header: t("field.uses"),
        cell: (coupon) => number(coupon.uses),
        value: (coupon) => coupon.uses,
        align: "end",
        sortable: true,
        descFirst: true,
        width: 90,
      },
      {
        id: "elsewhere",
        header: t("field.elsewhere"),
        hint: t("field.elsewhere_help"),
        cell: (coupon) => number(coupon.elsewhere),
        value: (coupon) => coupon.elsewhere,
        align: "end",
        sortable: true,
        descFirst: true,
        width: 150,
      },
      {
        id: "valid_until",
        header: t("field.valid_until"),
        cell: (coupon) => (coupon.valid_until ? <When value={coupon.valid_until} as="date" /> : "-"),
        value: (coupon) => coupon.valid_until,
        sortable: true,
        width: 120,
      },
      {
        id: "state",
        header: t("field.state"),
        cell: (coupon) => <StateChip of="coupon" state={coupon.state} />,
        value: (coupon) => word("coupon_state", coupon.state),
        sortable: true,
        width: 120,
        onCard: 3,
      },
    ];
  }, [t, word, number]);
}
