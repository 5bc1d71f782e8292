import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { usePeriod } from "~/domain/period";
import type { Advertiser } from "~/features/advertisers/queries";
import { momentsOf } from "~/features/conversions/days";
import { useAdvertisers } from "~/features/offers/queries";
import { type Column, DataTable } from "~/ui/DataTable";
import { useFormat } from "~/ui/format";
import { EmptyState } from "~/ui/Page";
import { termsQuery, useShare } from "./model";
import { useScrubWords } from "./useScrubWords";

interface Props {
  onTerms?: (advertiserId: string) => void;
}

/** How much each advertiser had removed in the period of the top bar, and until when it may ask. */
export function AdvertiserShares({ onTerms }: Props) {
  const { t } = useTranslation("scrubs");
  const list = useAdvertisers();
  const columns = useMemo((): Column<Advertiser>[] => {
    const change: Column<Advertiser>[] = onTerms
      ? [
          {
            id: "change",
            header: t("terms.title"),
            cell: (row) => (
              <Button size="xs" mih={32} variant="default" onClick={() => onTerms(row.id)}>
                {t("terms.change")}
              </Button>
            ),
            width: 170,
            onCard: 4,
          },
        ]
      : [];
    return [
      {
        id: "name",
        header: t("column.advertiser"),
        cell: (row) => <span translate="no">{row.name}</span>,
        value: (row) => row.name,
        sortable: true,
        width: 220,
        onCard: 1,
      },
      {
        id: "share",
        header: t("share.title"),
        hint: t("share.hint"),
        cell: (row) => <ShareOf advertiserId={row.id} />,
        width: 240,
        onCard: 2,
      },
      {
        id: "terms",
        header: t("terms.may_ask"),
        cell: (row) => <TermsOf advertiserId={row.id} />,
        width: 330,
        onCard: 3,
      },
      ...change,
    ];
  }, [t, onTerms]);
  return (
    <DataTable
      caption={t("view.advertisers")}
      columns={columns}
      rows={list.rows}
      rowId={(row) => row.id}
      state={list.state}
      error={list.error}
      onRetry={list.retry}
      empty={<EmptyState title={t("share.none")} text={t("share.none_text")} />}
      storageKey="scrub-shares"
    />
  );
}

/** The share in words: "1.5 % (6 of 400)". */
export function ShareOf({ advertiserId }: { advertiserId: string }) {
  const { t } = useTranslation("scrubs");
  const { percent, number } = useFormat();
  const { range, timezone } = usePeriod();
  const { data } = useShare(advertiserId, momentsOf(range, timezone));
  if (!data) return "…";
  if (data.share_bp == null) return "-";
  return t("share.of", {
    share: percent(data.share_bp / 10_000),
    scrubbed: number(data.scrubbed),
    approved: number(data.approved),
  });
}

/** Until when an advertiser may ask, in words. */
export function TermsOf({ advertiserId }: { advertiserId: string }) {
  const { t } = useTranslation("scrubs");
  const words = useScrubWords();
  const { data } = useQuery(termsQuery(advertiserId));
  if (!data) return "…";
  return t("terms.said", { count: data.scrub_days, from: words.counted[data.counted_from] });
}
