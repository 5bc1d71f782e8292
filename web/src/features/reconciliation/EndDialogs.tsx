import { List, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { bodyOf } from "~/features/offers/model";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { useFormat } from "~/ui/format";
import { useGo } from "~/ui/HrefLink";
import { notifyDone } from "~/ui/Toast";
import {
  CLASSES,
  decide,
  groupsQuery,
  type Reconciliation,
  undecidedOf,
  useReconciliationChanged,
} from "./model";
import { useLineWords } from "./useLineWords";

interface Props {
  reconciliation: Pick<Reconciliation, "id" | "first_day" | "last_day">;
  onClose: () => void;
}

/** Closes the period; before that, says what is still open. */
export function CloseDialog({ reconciliation, onClose }: Props) {
  const { t } = useTranslation("reconciliation");
  const { dayRange, number } = useFormat();
  const { ofClass } = useLineWords();
  const changed = useReconciliationChanged();
  const groups = useQuery(groupsQuery(reconciliation.id, true));
  const left = undecidedOf(groups.data);
  const id = reconciliation.id;
  const period = dayRange(reconciliation.first_day, reconciliation.last_day);
  if (left > 0) {
    const keep = async () => {
      const { decided } = await decide(id, { decision: "keep_ours" });
      await changed();
      notifyDone(t("decide.done", { count: decided, shown: number(decided) }));
    };
    const open = CLASSES.map((code) => {
      const own = groups.data?.filter((group) => group.class === code);
      return { code, count: undecidedOf(own) };
    }).filter(({ count }) => count > 0);
    return (
      <ConfirmDialog
        opened
        onClose={onClose}
        title={t("close.open_title", { count: left, shown: number(left) })}
        confirmLabel={t("close.keep_rest")}
        onConfirm={keep}
      >
        <List>
          {open.map(({ code, count }) => (
            <List.Item key={code}>
              {t("close.open_class", { name: ofClass[code], shown: number(count) })}
            </List.Item>
          ))}
        </List>
        <Text mt="sm">{t("close.open_text")}</Text>
      </ConfirmDialog>
    );
  }
  const close = async () => {
    bodyOf(await client.POST("/v1/reconciliations/{id}/close", { params: { path: { id } } }));
    await changed();
    notifyDone(t("close.done"));
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("close.title")}
      confirmLabel={t("close.title")}
      onConfirm={close}
    >
      <Text>{t("close.what", { period })}</Text>
      <Text mt="sm">{t("close.later")}</Text>
    </ConfirmDialog>
  );
}

export function DiscardDialog({ reconciliation, onClose }: Props) {
  const { t } = useTranslation("reconciliation");
  const changed = useReconciliationChanged();
  const go = useGo();
  const discard = async () => {
    await client.DELETE("/v1/reconciliations/{id}", { params: { path: { id: reconciliation.id } } });
    notifyDone(t("discard.done"));
    go("/reconciliation");
    await changed();
  };
  return (
    <ConfirmDialog
      opened
      danger
      onClose={onClose}
      title={t("discard.title")}
      confirmLabel={t("discard.title")}
      onConfirm={discard}
    >
      {t("discard.what")}
    </ConfirmDialog>
  );
}
