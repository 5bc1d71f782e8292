import { Button, Group, NativeSelect } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client, type Schemas } from "~/api/client";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { bodyOf } from "~/features/offers/model";
import { DataTable } from "~/ui/DataTable";
import { EmptyState } from "~/ui/Page";
import { notifyDone, notifyFailed } from "~/ui/Toast";
import type { Partner } from "../model";
import { InviteDrawer } from "./InviteDrawer";

type Member = Schemas["TeamMemberOut"];
type TeamRole = Schemas["TeamRole"];

const ROLES = ["owner", "buyer", "accountant"] as const satisfies readonly TeamRole[];

/** Who acts for the partner, and what each does there. */
export function TeamTab({ partner }: { partner: Partner }) {
  const { t } = useTranslation("partners");
  const word = useWords();
  const queries = useQueryClient();
  const mayEdit = useMay("partners:write");
  const mayInvite = useMay("people:invite");
  const [invites, setInvites] = useState(false);
  const key = ["partners", "team", partner.id];
  const path = { id: partner.id };
  const team = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/partners/{id}/team", { params: { path }, signal })),
  });
  const setRole = useMutation({
    mutationFn: async ({ member, role }: { member: Member; role: TeamRole }) => {
      const params = { path: { ...path, membership_id: member.membership_id } };
      return bodyOf(await client.PUT("/v1/partners/{id}/team/{membership_id}", { params, body: { role } }));
    },
    onSuccess: (after) => queries.setQueryData(key, after),
    onError: notifyFailed,
  });
  const choose = (member: Member, role: TeamRole) =>
    setRole.mutate(
      { member, role },
      {
        onSuccess: () =>
          notifyDone(t("team.changed", { name: member.name, role: word("team_role", role) }), {
            undo: () => setRole.mutate({ member, role: member.role }),
          }),
      },
    );
  const add = mayInvite ? (
    <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setInvites(true)}>
      {t("team.invite")}
    </Button>
  ) : null;
  return (
    <>
      <DataTable
        columns={[
          {
            id: "name",
            header: t("team.name"),
            width: 220,
            sortable: true,
            value: (row) => row.name,
            cell: (row) => row.name,
            onCard: 1,
          },
          {
            id: "email",
            header: t("new.email"),
            width: 280,
            sortable: true,
            value: (row) => row.email,
            cell: (row) => row.email,
            onCard: 2,
          },
          {
            id: "role",
            header: t("team.role"),
            width: 200,
            value: (row) => word("team_role", row.role),
            cell: (row) =>
              mayEdit ? (
                <NativeSelect
                  aria-label={t("team.role_of", { name: row.name })}
                  size="xs"
                  data={ROLES.map((role) => ({ value: role, label: word("team_role", role) }))}
                  value={row.role}
                  onChange={(event) => choose(row, event.currentTarget.value as TeamRole)}
                />
              ) : (
                word("team_role", row.role)
              ),
            onCard: 3,
          },
        ]}
        rows={team.data?.items ?? []}
        rowId={(row) => row.membership_id}
        caption={t("tabs.team")}
        state={team.isPending ? "loading" : team.isError ? "error" : "ready"}
        error={team.error}
        onRetry={() => void team.refetch()}
        rowHeight={44}
        toolbar={<Group gap="xs">{add}</Group>}
        empty={<EmptyState title={t("team.empty")} text={t("team.empty_text")} action={add} />}
      />
      {invites && <InviteDrawer partner={partner} onClose={() => setInvites(false)} />}
    </>
  );
}
