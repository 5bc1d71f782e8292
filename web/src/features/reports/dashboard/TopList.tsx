import { Card, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { useFigures } from "~/domain/figures";
import { BarList } from "~/ui/BarList";
import { SkeletonBlock } from "~/ui/Skeletons";
import { EmptyState } from "~/ui/States";

interface Props {
  title: string;
  top: Schemas["Top"] | undefined;
  currency: string;
  /** The words of a row's id or code. */
  name: (value: string | null) => ReactNode;
  href?: (value: string) => string;
}

const SHOWN = 8;

/** The greatest few by the first metric of the answer. */
export function TopList({ title, top, currency, name, href }: Props) {
  const { t } = useTranslation("reports");
  const figure = useFigures(currency);
  const unit = (top?.columns[1]?.type ?? "count") as Schemas["Unit"];
  const rows = (top?.rows ?? []) as unknown[][];
  const items = rows
    .filter((row) => typeof row[1] === "number" && row[1] > 0)
    .slice(0, SHOWN)
    .map((row) => {
      const key = typeof row[0] === "string" && row[0] !== "" ? row[0] : null;
      return {
        id: key ?? "unknown",
        label: <span translate="no">{name(key)}</span>,
        value: Number(row[1]),
        href: key && href ? href(key) : undefined,
      };
    });
  return (
    <Card withBorder padding="md">
      <Title order={2} mb="sm">
        {title}
      </Title>
      {!top && <SkeletonBlock height={240} />}
      {top && items.length === 0 && <EmptyState title={t("dashboard.nothing_yet")} />}
      {items.length > 0 && (
        <BarList label={title} items={items} format={(value) => figure(unit, value)} top={SHOWN} />
      )}
    </Card>
  );
}
