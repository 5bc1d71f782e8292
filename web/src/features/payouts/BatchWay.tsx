import { Alert, Timeline } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMay, useMe } from "~/domain/person";
import { usePeople } from "~/features/identity/people/lists";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/Page";
import type { Batch } from "./model";
import classes from "./payouts.module.css";

/** Who made, agreed to and sent a batch, and what keeps it from going on. */
export function BatchWay({ batch }: { batch: Batch }) {
  const { t } = useTranslation("payouts");
  const steps = useSteps(batch);
  const done = steps.filter(({ at }) => at !== undefined).length;
  return (
    <Section title={t("way.title")}>
      <Hindrance batch={batch} />
      <Timeline active={done - 1} bulletSize={20} lineWidth={2}>
        {steps.map(({ key, title, text }, index) => (
          <Timeline.Item
            key={key}
            title={title}
            bullet={index < done ? <IconCheck size={12} aria-hidden /> : undefined}
          >
            <span className={classes.wayText}>{text}</span>
          </Timeline.Item>
        ))}
      </Timeline>
    </Section>
  );
}

interface Step {
  key: string;
  title: string;
  text: string;
  at: string | undefined;
}

function useSteps(batch: Batch): Step[] {
  const { t } = useTranslation("payouts");
  const { dateTime, date } = useFormat();
  const name = useNames();
  const said = (who: string | null | undefined, at: string | null | undefined) =>
    at ? t("way.by", { who: name(who), when: dateTime(at) }) : "";
  const steps: Step[] = [
    {
      key: "made",
      title: t("way.made"),
      text: said(batch.created_by, batch.created_at),
      at: batch.created_at,
    },
  ];
  if (batch.approved_at || batch.state === "awaiting_approval") {
    steps.push({
      key: "approved",
      title: t("way.approved"),
      text: batch.approved_at ? said(batch.approved_by, batch.approved_at) : t("way.second"),
      at: batch.approved_at ?? undefined,
    });
  }
  if (batch.state !== "rejected") {
    steps.push({
      key: "sent",
      title: t("way.sent"),
      text: batch.sent_at
        ? said(batch.sent_by, batch.sent_at)
        : batch.pay_on
          ? t("way.pay_on", { day: date(batch.pay_on) })
          : "",
      at: batch.sent_at ?? undefined,
    });
  }
  return steps;
}

/** The names of people by id; who is not among them any more is called so. */
function useNames(): (id: string | null | undefined) => string {
  const { t } = useTranslation("payouts");
  const me = useMe();
  const people = usePeople(useMay("people:read"));
  return (id) => {
    if (id === me.user_id) return t("way.you");
    return people.rows.find(({ user_id }) => user_id === id)?.name ?? t("way.somebody");
  };
}

function Hindrance({ batch }: { batch: Batch }) {
  const { t } = useTranslation("payouts");
  const me = useMe();
  const isMine = batch.created_by === me.user_id;
  const words = {
    awaiting_approval: isMine ? t("way.waits_for_another") : t("way.waits_for_you"),
    sending: t("way.sending"),
    doubtful: t("way.doubtful"),
    rejected: t("way.rejected"),
  } as Partial<Record<Batch["state"], string>>;
  const text = words[batch.state];
  if (!text && !batch.trouble) return null;
  const isBad = batch.state === "doubtful" || batch.state === "approved";
  return (
    <Alert
      color={isBad ? "red" : "yellow"}
      icon={<IconAlertTriangle size={18} aria-hidden />}
      mb="md"
      title={text}
    >
      {batch.trouble}
    </Alert>
  );
}
