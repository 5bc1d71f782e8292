import { IconMailOff } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useWords } from "~/domain/words";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { type Column, DataTable } from "~/ui/DataTable";
import { Section } from "~/ui/Page";
import { EmptyState } from "~/ui/States";
import { StatusChip, type Tone } from "~/ui/StatusChip";
import { notifyDone } from "~/ui/Toast";
import { When } from "~/ui/When";
import { type InvitationState, invitationState } from "./invitationState";
import { type Invitation, useInvitations, usePeopleChanged } from "./lists";

const TONES: Record<InvitationState, Tone> = {
  open: "pending",
  accepted: "good",
  withdrawn: "neutral",
  expired: "neutral",
};

export function Invitations() {
  const { t } = useTranslation("identity");
  const invitations = useInvitations();
  const changed = usePeopleChanged();
  const columns = useColumns();
  const [withdrawing, setWithdrawing] = useState<Invitation | null>(null);
  const withdraw = async () => {
    if (!withdrawing) return;
    await client.DELETE("/v1/invitations/{id}", { params: { path: { id: withdrawing.id } } });
    changed();
    notifyDone(t("invitations.withdrawn"));
  };
  const menu = (invitation: Invitation) => {
    if (invitationState(invitation, Date.now()) !== "open") return [];
    const label = t("invitations.withdraw");
    return [
      {
        id: "withdraw",
        label,
        icon: <IconMailOff size={16} />,
        danger: true,
        onClick: () => setWithdrawing(invitation),
      },
    ];
  };
  return (
    <Section title={t("invitations.title")} hint={t("invitations.hint")}>
      <DataTable
        caption={t("invitations.title")}
        columns={columns}
        rows={invitations.rows}
        rowId={(invitation) => invitation.id}
        state={invitations.state}
        error={invitations.error}
        onRetry={invitations.retry}
        hasMore={invitations.hasMore}
        loadingMore={invitations.loadingMore}
        onEndReached={invitations.loadMore}
        rowMenu={menu}
        empty={<EmptyState title={t("invitations.none")} text={t("invitations.none_text")} />}
        storageKey="invitations"
      />
      <ConfirmDialog
        opened={withdrawing !== null}
        onClose={() => setWithdrawing(null)}
        title={t("invitations.withdraw_title")}
        confirmLabel={t("invitations.withdraw")}
        danger
        onConfirm={withdraw}
      >
        {t("invitations.withdraw_text", { email: withdrawing?.email })}
      </ConfirmDialog>
    </Section>
  );
}

function stateWord(t: TFunction<"identity">, state: InvitationState): string {
  const words: Record<InvitationState, string> = {
    open: t("invitations.open"),
    accepted: t("invitations.accepted"),
    withdrawn: t("invitations.was_withdrawn"),
    expired: t("invitations.expired"),
  };
  return words[state];
}

function useColumns(): Column<Invitation>[] {
  const { t } = useTranslation("identity");
  const word = useWords();
  return useMemo(
    () => [
      {
        id: "email",
        header: t("email"),
        cell: (row) => row.email,
        value: (row) => row.email,
        width: 204,
        onCard: 1,
      },
      {
        id: "state",
        header: t("invitations.state"),
        cell: (row) => {
          const state = invitationState(row, Date.now());
          return <StatusChip tone={TONES[state]} label={stateWord(t, state)} />;
        },
        value: (row) => stateWord(t, invitationState(row, Date.now())),
        width: 116,
        onCard: 2,
      },
      {
        id: "role",
        header: t("people.role"),
        cell: (row) => word("role", row.role),
        value: (row) => word("role", row.role),
        width: 130,
        onCard: 3,
      },
      {
        id: "acts_for",
        header: t("people.acts_for"),
        cell: (row) => row.actsFor ?? "-",
        value: (row) => row.actsFor,
        width: 140,
      },
      {
        id: "inviter",
        header: t("invitations.inviter"),
        cell: (row) => row.inviter ?? "-",
        value: (row) => row.inviter,
        width: 124,
      },
      {
        id: "sent",
        header: t("invitations.sent"),
        cell: (row) => <When value={row.created_at} />,
        value: (row) => row.created_at,
        width: 126,
      },
      {
        id: "until",
        header: t("invitations.until"),
        cell: (row) => <When value={row.expires_at} as="date" />,
        value: (row) => row.expires_at,
        width: 118,
      },
    ],
    [t, word],
  );
}
