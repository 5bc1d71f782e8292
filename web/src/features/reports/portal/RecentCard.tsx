import { Card, Group, Skeleton, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { changeRatio, type MoneyValue, useFormat } from "~/ui/format";
import { Change } from "~/ui/Tile";
import classes from "./home.module.css";
import type { Stretch } from "./recent";

interface Props {
  title: string;
  stretch: Stretch | undefined;
  currency: string;
  /** Earned besides, in other currencies. */
  others: readonly MoneyValue[];
  /** The time it is set beside, in words. */
  beside: string;
}

/** What one stretch of time earned, and what the time before did. */
export function RecentCard({ title, stretch, currency, others, beside }: Props) {
  const { t } = useTranslation("portal");
  const { money, number } = useFormat();
  const { now, before } = stretch ?? {};
  const change = changeRatio(now?.payout, before?.payout);
  return (
    <Card component="section" withBorder padding="md">
      <Title order={2} fz="md">
        {title}
      </Title>
      {now && before ? (
        <>
          <Group gap="sm" align="baseline">
            <span className={classes.earned}>{money({ minor: now.payout, currency })}</span>
            {change !== null && <Change ratio={change} />}
          </Group>
          {others.length > 0 && (
            <Text fw={500} className="figures" style={{ whiteSpace: "normal" }}>
              {others.map((amount) => `+ ${money(amount)}`).join(" ")}
            </Text>
          )}
          <Text className="figures" style={{ whiteSpace: "normal" }}>
            {t("home.clicks", { count: now.clicks, number: number(now.clicks) })}
            {", "}
            {t("home.conversions", { count: now.conversions, number: number(now.conversions) })}
          </Text>
          <Text size="sm" c="dimmed">
            {t("home.beside", {
              time: beside,
              earned: money({ minor: before.payout, currency }),
              clicks: t("home.clicks", { count: before.clicks, number: number(before.clicks) }),
              conversions: t("home.conversions", {
                count: before.conversions,
                number: number(before.conversions),
              }),
            })}
          </Text>
        </>
      ) : (
        <>
          <Skeleton height={28} width="50%" my={6} />
          <Skeleton height={14} width="70%" my={6} />
          <Skeleton height={14} width="80%" my={6} />
        </>
      )}
    </Card>
  );
}
