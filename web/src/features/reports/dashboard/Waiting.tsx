import { Anchor, Group, Text } from "@mantine/core";
import {
  IconBell,
  IconChecks,
  IconCoins,
  IconFlask,
  IconGauge,
  IconStethoscope,
  IconUserQuestion,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay, useMe } from "~/domain/person";
import { useReport } from "~/domain/report";
import { openAlertsQuery } from "~/features/alerts/queries";
import { brokenQuery } from "~/features/doctor/queries";
import { addDays, todayIn } from "~/ui/dates";
import { useFormat } from "~/ui/format";
import classes from "./Waiting.module.css";

const LOOK_BACK_DAYS = 365;
const REQUESTS_MAX = 100;

/** What waits for a decision of the manager; nothing is shown when nothing waits. */
export function Waiting() {
  const { t } = useTranslation("reports");
  const { number, money } = useFormat();
  const alerts = useOpenAlerts();
  const pending = usePendingConversions();
  const requests = useRequests();
  const tests = useTests();
  const caps = useCapRequests();
  const owed = useOwed();
  const broken = useBroken();
  const [first] = broken;
  return (
    <Group gap="sm" className={classes.line}>
      {alerts > 0 && (
        <Wait to="/alerts" search={{}} icon={<IconBell size={18} aria-hidden />}>
          {t("waiting.alerts", { count: alerts, number: number(alerts) })}
        </Wait>
      )}
      {pending > 0 && (
        <Wait to="/conversions" search={{ status: "pending" }} icon={<IconChecks size={18} aria-hidden />}>
          {t("waiting.conversions", { count: pending, number: number(pending) })}
        </Wait>
      )}
      {requests > 0 && (
        <Wait to="/offers" search={{ requests: true }} icon={<IconUserQuestion size={18} aria-hidden />}>
          {t("waiting.requests", { count: requests, number: number(requests) })}
        </Wait>
      )}
      {tests > 0 && (
        <Wait to="/caps" search={{ decision: "open" }} icon={<IconFlask size={18} aria-hidden />}>
          {t("waiting.tests", { count: tests, number: number(tests) })}
        </Wait>
      )}
      {caps > 0 && (
        <Wait to="/caps" search={{}} icon={<IconGauge size={18} aria-hidden />}>
          {t("waiting.caps", { count: caps, number: number(caps) })}
        </Wait>
      )}
      {first && (
        <Wait
          to="/offers/$offerId"
          params={{ offerId: first.id }}
          search={{ tab: "doctor" }}
          icon={<IconStethoscope size={18} aria-hidden />}
        >
          {t("waiting.broken", { count: broken.length, number: number(broken.length), name: first.name })}
        </Wait>
      )}
      {owed.map((amount) => (
        <Wait
          key={amount.currency}
          to="/payouts"
          search={{ currency: amount.currency }}
          icon={<IconCoins size={18} aria-hidden />}
        >
          {t("waiting.payable", { amount: money(amount) })}
        </Wait>
      ))}
    </Group>
  );
}

interface WaitProps {
  to: LinkProps["to"];
  params?: Record<string, string>;
  search: Record<string, string | boolean>;
  icon: ReactNode;
  children: ReactNode;
}

function Wait({ to, params, search, icon, children }: WaitProps) {
  return (
    <Anchor
      component={Link}
      to={to}
      params={params as never}
      search={search as never}
      className={classes.wait}
      underline="never"
    >
      {icon}
      <Text span>{children}</Text>
    </Anchor>
  );
}

function useOpenAlerts(): number {
  const { data } = useQuery({ ...openAlertsQuery, enabled: useMay("alerts:read") });
  return data?.items.length ?? 0;
}

function usePendingConversions(): number {
  const today = todayIn(useMe().workspace.timezone);
  const { data } = useReport({
    from: addDays(today, -LOOK_BACK_DAYS),
    to: today,
    dimensions: [],
    metrics: ["pending"],
  });
  const pending: unknown = data?.totals.pending;
  return typeof pending === "number" ? pending : 0;
}

function useRequests(): number {
  const may = useMay("partners:write");
  const { data } = useQuery({
    queryKey: ["enrollments", "requested"],
    queryFn: async ({ signal }) => {
      const query = { state: "requested" as const, limit: REQUESTS_MAX };
      return (await client.GET("/v1/enrollments", { params: { query }, signal })).data;
    },
    enabled: may,
  });
  return data?.items.length ?? 0;
}

/** Tests whose cap was reached: traffic has stopped until somebody decides. */
function useTests(): number {
  const may = useMay("caps:write");
  const { data } = useQuery({
    queryKey: ["caps", "tests", "open"],
    queryFn: async ({ signal }) => {
      const query = { decision: "open" as const, limit: REQUESTS_MAX };
      return (await client.GET("/v1/caps", { params: { query }, signal })).data;
    },
    enabled: may,
  });
  return data?.items.length ?? 0;
}

function useCapRequests(): number {
  const may = useMay("cap_requests:decide");
  const { data } = useQuery({
    queryKey: ["caps", "requests", "open"],
    queryFn: async ({ signal }) => {
      const query = { state: "requested" as const, limit: REQUESTS_MAX };
      return (await client.GET("/v1/cap-requests", { params: { query }, signal })).data;
    },
    enabled: may,
  });
  return data?.items.length ?? 0;
}

/** Offers whose tracking did not hold when the doctor looked last. */
function useBroken(): { id: string; name: string }[] {
  const { data } = useQuery({ ...brokenQuery, enabled: useMay("advertisers:read") });
  return (data?.items ?? []).map(({ offer_id }) => ({
    id: offer_id,
    name: data?.labels?.[offer_id] ?? offer_id,
  }));
}

/** What could be paid now, by currency. */
function useOwed(): { minor: number; currency: string }[] {
  const may = useMay("payouts:write");
  const { data } = useQuery({
    queryKey: ["payouts", "owed"],
    queryFn: async ({ signal }) => (await client.GET("/v1/payouts/owed", { signal })).data,
    enabled: may,
  });
  const sums = new Map<string, number>();
  for (const { payable } of data?.items ?? [])
    sums.set(payable.currency, (sums.get(payable.currency) ?? 0) + payable.minor);
  return [...sums].filter(([, minor]) => minor > 0).map(([currency, minor]) => ({ minor, currency }));
}
