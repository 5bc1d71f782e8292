import { Button, Stack } from "@mantine/core";
import { IconRepeat } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay } from "~/domain/person";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { ToConversion } from "~/features/conversions/ToConversion";
import { FormError } from "~/ui/FormError";
import { useFormat } from "~/ui/format";
import { KeyValues } from "~/ui/KeyValues";
import { SideDrawer } from "~/ui/SideDrawer";
import { SkeletonBlock } from "~/ui/Skeletons";
import { ErrorState } from "~/ui/States";
import { type DeliveryDetail, useDelivery, usePostbacksChanged } from "./model";
import { Tries } from "./Tries";

/** One delivery: its state, its tries, and sending it again. */
export function DeliveryDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation("postbacks");
  const { data, error, isPending, refetch } = useDelivery(id);
  return (
    <SideDrawer opened onClose={onClose} title={t("log.title")} size="lg">
      {isPending && <SkeletonBlock height={240} />}
      {error && <ErrorState title={t("log.title")} error={error} onRetry={() => void refetch()} />}
      {data && (
        <Stack gap="lg">
          <Facts delivery={data} />
          <Replay delivery={data} />
          <Tries tries={data.tries} />
        </Stack>
      )}
    </SideDrawer>
  );
}

function Facts({ delivery }: { delivery: DeliveryDetail }) {
  const { t } = useTranslation("postbacks");
  const word = useWords();
  const { dateTime } = useFormat();
  const { conversion_id, due_at } = delivery;
  const next = due_at ? [{ label: t("log.next_try"), value: dateTime(due_at) }] : [];
  const subject = conversion_id ? (
    <ToConversion id={conversion_id}>{conversion_id}</ToConversion>
  ) : (
    delivery.subject && <span translate="no">{delivery.subject}</span>
  );
  const about = subject ? [{ label: t("log.conversion"), value: subject }] : [];
  return (
    <KeyValues
      items={[
        { label: t("field.state"), value: <StateChip of="delivery" state={delivery.state} /> },
        { label: t("log.event"), value: word("postback_event", delivery.event) },
        { label: t("field.kind"), value: word("postback_kind", delivery.kind) },
        { label: t("log.when"), value: dateTime(delivery.created_at) },
        ...about,
        ...next,
      ]}
    />
  );
}

function Replay({ delivery }: { delivery: DeliveryDetail }) {
  const { t } = useTranslation("postbacks");
  const mayEdit = useMay("postbacks:write");
  const changed = usePostbacksChanged();
  const replay = useMutation({
    mutationFn: () => client.POST("/v1/deliveries/{id}/replay", { params: { path: { id: delivery.id } } }),
    onSuccess: changed,
  });
  if (!mayEdit || delivery.is_test || delivery.state === "skipped") return null;
  return (
    <>
      <FormError error={replay.error} />
      <Button
        variant="default"
        leftSection={<IconRepeat size={16} aria-hidden />}
        loading={replay.isPending}
        onClick={() => replay.mutate()}
      >
        {t("log.replay")}
      </Button>
    </>
  );
}
