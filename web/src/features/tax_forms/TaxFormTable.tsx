import { Button, Group } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useList } from "~/api/paging";
import { useMay } from "~/domain/person";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { type Column, DataTable } from "~/ui/DataTable";
import { useFormat } from "~/ui/format";
import { notifyDone, notifyFailed } from "~/ui/Toast";
import { type FormFilter, fetchForms, type NamedForm, reviewForm, saveForm, useFormsChanged } from "./model";

interface Props {
  filter: FormFilter;
  /** Names whose form it is. */
  withPartner?: boolean;
  toolbar?: ReactNode;
  empty: ReactNode;
}

interface Asked {
  row: NamedForm;
  accept: boolean;
}

/** Tax forms, newest first, each with its file; staff decides here. */
export function TaxFormTable({ filter, withPartner = false, toolbar, empty }: Props) {
  const { t } = useTranslation("on_file");
  const word = useWords();
  const { date, dateTime } = useFormat();
  const mayReview = useMay("tax_forms:review");
  const [asked, setAsked] = useState<Asked>();
  const list = useList(["tax-forms", "list", filter], (cursor, signal) => fetchForms(filter, cursor, signal));
  const columns = useMemo((): Column<NamedForm>[] => {
    const partner = {
      id: "partner",
      header: t("column.partner"),
      width: 180,
      cell: (row) => row.names[row.partner_id] ?? row.partner_id,
      value: (row) => row.names[row.partner_id] ?? row.partner_id,
      onCard: 1,
    } satisfies Column<NamedForm>;
    return [
      ...(withPartner ? [partner] : []),
      {
        id: "kind",
        header: t("column.kind"),
        width: 230,
        cell: (row) => word("tax_form_kind", row.kind),
        value: (row) => word("tax_form_kind", row.kind),
        onCard: withPartner ? 2 : 1,
      },
      {
        id: "state",
        header: t("column.state"),
        width: 150,
        cell: (row) => <StateChip of="tax_form" state={row.state} />,
        value: (row) => word("tax_form_state", row.state),
        onCard: 3,
      },
      {
        id: "until",
        header: t("column.until"),
        width: 130,
        cell: (row) => (row.valid_until ? date(row.valid_until) : t("always")),
        value: (row) => row.valid_until ?? "",
      },
      {
        id: "at",
        header: t("column.at"),
        width: 180,
        cell: (row) => dateTime(row.created_at),
        value: (row) => row.created_at,
      },
      {
        id: "reason",
        header: t("column.reason"),
        width: 240,
        cell: (row) => row.reason ?? "",
        value: (row) => row.reason ?? "",
      },
      {
        id: "acts",
        header: t("column.acts"),
        width: mayReview ? 290 : 120,
        cell: (row) => <Acts row={row} onAsk={mayReview ? setAsked : undefined} />,
      },
    ];
  }, [t, word, date, dateTime, mayReview, withPartner]);
  return (
    <>
      <DataTable
        columns={columns}
        rows={list.rows}
        rowId={(row) => row.id}
        caption={t("forms")}
        state={list.state}
        error={list.error}
        onRetry={list.retry}
        empty={empty}
        toolbar={toolbar}
        onEndReached={list.loadMore}
        hasMore={list.hasMore}
        loadingMore={list.loadingMore}
        storageKey={withPartner ? "tax-forms" : "partner-tax-forms"}
        copyName="tax-forms"
      />
      {asked && <ReviewDialog asked={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function Acts({ row, onAsk }: { row: NamedForm; onAsk: ((asked: Asked) => void) | undefined }) {
  const { t } = useTranslation("on_file");
  const word = useWords();
  const named = (verb: string) => `${verb}: ${word("tax_form_kind", row.kind)}`;
  return (
    <Group gap="xs" wrap="nowrap">
      <Button
        size="xs"
        variant="default"
        leftSection={<IconDownload size={14} aria-hidden />}
        aria-label={named(t("form.file"))}
        onClick={() => void saveForm(row.id).catch(notifyFailed)}
      >
        {t("form.file")}
      </Button>
      {onAsk && row.state === "submitted" && (
        <Button size="xs" aria-label={named(t("accept"))} onClick={() => onAsk({ row, accept: true })}>
          {t("accept")}
        </Button>
      )}
      {onAsk && row.state !== "rejected" && (
        <Button
          size="xs"
          variant="default"
          aria-label={named(t("reject"))}
          onClick={() => onAsk({ row, accept: false })}
        >
          {t("reject")}
        </Button>
      )}
    </Group>
  );
}

function ReviewDialog({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const { t } = useTranslation("on_file");
  const word = useWords();
  const changed = useFormsChanged();
  const { row, accept } = asked;
  const said = {
    kind: word("tax_form_kind", row.kind),
    partner: row.names[row.partner_id] ?? row.partner_id,
  };
  const review = async (note: string) => {
    await reviewForm(row.id, accept, note);
    await changed();
    notifyDone(accept ? t("accepted") : t("rejected"));
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={accept ? t("accept_title") : t("reject_title")}
      confirmLabel={accept ? t("accept") : t("reject")}
      danger={!accept}
      noteLabel={accept ? undefined : t("why")}
      noteRequired={!accept}
      onConfirm={({ note }) => review(note)}
    >
      {accept ? t("accept_text", said) : t("reject_text", said)}
    </ConfirmDialog>
  );
}
