import { SegmentedControl, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useWords } from "~/domain/words";
import { useBillingChanged } from "~/features/billing/model";
import { FormDrawer } from "~/ui/FormDrawer";
import { useFormat } from "~/ui/format";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { FeeList } from "./FeeList";
import { type ChangeFrom, FROMS, type Preview, previewQuery, type Subscription } from "./model";
import { PlanSelect } from "./PlanSelect";

interface Props {
  subscription: Subscription;
  /** Ends it, in the place of another plan. */
  isEnd: boolean;
  onClose: () => void;
}

/** Another plan, or the end, with what that charges and gives back before it is done. */
export function ChangeDrawer({ subscription, isEnd, onClose }: Props) {
  const { t } = useTranslation("subscriptions");
  const word = useWords();
  const changed = useBillingChanged();
  const [plan, setPlan] = useState<string | null>(null);
  const isPaused = subscription.state === "paused";
  const [from, setFrom] = useState<ChangeFrom>(isEnd && !isPaused ? "next_period" : "now");
  const isReady = isEnd || plan !== null;
  const preview = useQuery({
    ...previewQuery(subscription, isEnd ? null : plan, from),
    enabled: isReady,
  });
  const save = useMutation({
    mutationFn: () => {
      const params = { path: { id: subscription.id } };
      return isEnd
        ? client.POST("/v1/subscriptions/{id}/cancel", { params, body: { from } })
        : client.POST("/v1/subscriptions/{id}/change", { params, body: { plan_id: plan ?? "", from } });
    },
    onSuccess: async () => {
      await changed();
      notifyDone(isEnd ? t("end.done") : t("change.done"));
      onClose();
    },
  });
  const error = save.error ?? preview.error;
  return (
    <FormDrawer
      title={isEnd ? t("end.title") : t("change.title")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={error}
      isSaving={save.isPending}
      isReady={isReady && preview.data !== undefined}
      submitLabel={isEnd ? t("end.act") : t("change.act")}
    >
      {!isEnd && <PlanSelect value={plan} onChange={setPlan} error={fieldErrors(error).plan_id} />}
      {!isPaused && (
        <SegmentedControl
          aria-label={t("from")}
          data={FROMS.map((code) => ({ value: code, label: word("change_from", code) }))}
          value={from}
          onChange={(code) => setFrom(code as ChangeFrom)}
        />
      )}
      {preview.data && isReady && <Outcome preview={preview.data} />}
    </FormDrawer>
  );
}

function Outcome({ preview }: { preview: Preview }) {
  const { t } = useTranslation("subscriptions");
  const { date, money } = useFormat();
  const { fees, net, next_charge: next, ends_on: ends } = preview;
  return (
    <Stack gap="xs">
      {fees.length > 0 ? (
        <>
          <FeeList fees={fees} caption={t("preview.title")} />
          <Text fw={600}>
            {net.minor < 0
              ? t("preview.given_back", { amount: money({ ...net, minor: -net.minor }) })
              : t("preview.charged", { amount: money(net) })}
          </Text>
        </>
      ) : (
        <Text>{t("preview.nothing")}</Text>
      )}
      {next && <Text size="sm">{t("preview.next", { day: date(next.on), amount: money(next.amount) })}</Text>}
      {ends && <Text size="sm">{t("preview.ends", { day: date(ends) })}</Text>}
    </Stack>
  );
}
