import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMe } from "~/domain/person";
import { StateChip } from "~/domain/StatusChip";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/Page";
import { notifyDone, notifyFailed } from "~/ui/Toast";
import { type Reprice, repricesQuery, type Simulation, useRepricesChanged } from "./queries";

/** Makes a simulation true: one person proposes, another confirms. */
export function RepricePanel({ simulation }: { simulation: Simulation }) {
  const { t } = useTranslation("simulations");
  const { data } = useQuery(repricesQuery(simulation.offer_id));
  const changed = useRepricesChanged();
  const [proposes, setProposes] = useState(false);
  const { money } = useFormat();
  const mine = data?.items.find((one) => one.simulation_id === simulation.id && one.state !== "refused");
  const change = (simulation.after?.earnings_minor ?? 0) - (simulation.before?.earnings_minor ?? 0);
  const propose = async (words: string) => {
    await client.POST("/v1/reprices", { body: { simulation_id: simulation.id, words } });
    await changed();
    notifyDone(t("reprice.was_proposed"));
  };
  return (
    <Paper withBorder p="lg">
      <Section title={t("reprice.title")} hint={t("reprice.hint")}>
        {mine ? (
          <Proposed reprice={mine} names={data?.labels ?? {}} />
        ) : (
          <Button variant="default" w="fit-content" onClick={() => setProposes(true)}>
            {t("reprice.propose")}
          </Button>
        )}
        <ConfirmDialog
          opened={proposes}
          onClose={() => setProposes(false)}
          title={t("reprice.propose")}
          confirmLabel={t("reprice.propose")}
          noteLabel={t("reprice.words")}
          noteRequired
          onConfirm={({ note }) => propose(note)}
        >
          {t("reprice.effect", { change: money({ minor: change, currency: simulation.currency }) })}
        </ConfirmDialog>
      </Section>
    </Paper>
  );
}

function Proposed({ reprice, names }: { reprice: Reprice; names: Readonly<Record<string, string>> }) {
  const { t } = useTranslation("simulations");
  const { money, number } = useFormat();
  const changed = useRepricesChanged();
  const me = useMe();
  const isOwn = me.user_id === reprice.proposed_by;
  const answer = async (by: "confirm" | "refuse") => {
    const params = { params: { path: { id: reprice.id } } };
    try {
      if (by === "confirm") await client.POST("/v1/reprices/{id}/confirm", params);
      else await client.POST("/v1/reprices/{id}/refuse", params);
      notifyDone(by === "confirm" ? t("reprice.was_confirmed") : t("reprice.was_refused"));
    } catch (failure) {
      notifyFailed(failure);
    }
    await changed();
  };
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <StateChip of="reprice" state={reprice.state} />
        <Text size="sm" translate="no">
          {reprice.words}
        </Text>
      </Group>
      <Text size="sm" c="dimmed">
        {t("reprice.by", { name: names[reprice.proposed_by] ?? reprice.proposed_by })}
        {reprice.decided_by &&
          ` ${t("reprice.confirmed_by", { name: names[reprice.decided_by] ?? reprice.decided_by })}`}
      </Text>
      {reprice.state !== "proposed" && (
        <Text size="sm">
          {t("reprice.progress", {
            count: reprice.repriced,
            number: number(reprice.repriced),
            change: money({ minor: reprice.earnings_change_minor, currency: reprice.currency }),
          })}
        </Text>
      )}
      {reprice.state === "proposed" && (
        <Group gap="xs">
          {isOwn ? (
            <Text size="sm">{t("reprice.needs_other")}</Text>
          ) : (
            <Button onClick={() => void answer("confirm")}>{t("reprice.confirm")}</Button>
          )}
          <Button variant="default" onClick={() => void answer("refuse")}>
            {isOwn ? t("reprice.take_back") : t("reprice.refuse")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
