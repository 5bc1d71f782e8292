import { Text } from "@mantine/core";
import { IconUserCog, IconUserOff } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay, useMe } from "~/domain/person";
import { useWords } from "~/domain/words";
import { type Column, DataTable } from "~/ui/DataTable";
import { When } from "~/ui/When";
import { EndDialog } from "./EndDialog";
import { type Person, usePeople } from "./lists";
import { RoleDialog } from "./RoleDialog";

export function PeopleTable() {
  const { t } = useTranslation("identity");
  const mayManage = useMay("people:write");
  const me = useMe();
  const people = usePeople();
  const columns = useColumns();
  const [changing, setChanging] = useState<Person | null>(null);
  const [ending, setEnding] = useState<Person | null>(null);
  const menu = (person: Person) => {
    const change = {
      id: "role",
      label: t("people.change_role"),
      icon: <IconUserCog size={16} />,
      onClick: () => setChanging(person),
    };
    const end = {
      id: "end",
      label: t("people.end"),
      icon: <IconUserOff size={16} />,
      danger: true,
      onClick: () => setEnding(person),
    };
    return person.id === me.membership_id ? [] : [change, end];
  };
  return (
    <>
      <DataTable
        caption={t("people.list")}
        columns={columns}
        rows={people.rows}
        rowId={(person) => person.id}
        state={people.state}
        error={people.error}
        onRetry={people.retry}
        hasMore={people.hasMore}
        loadingMore={people.loadingMore}
        onEndReached={people.loadMore}
        rowMenu={mayManage ? menu : undefined}
        storageKey="people"
        copyName="people"
      />
      {changing && <RoleDialog person={changing} onClose={() => setChanging(null)} />}
      <EndDialog person={ending} onClose={() => setEnding(null)} />
    </>
  );
}

function useColumns(): Column<Person>[] {
  const { t } = useTranslation("identity");
  const word = useWords();
  const { membership_id } = useMe();
  return useMemo(
    () => [
      {
        id: "name",
        header: t("name"),
        cell: (person) => (
          <Text span inherit truncate>
            {person.id === membership_id ? t("people.you", { name: person.name }) : person.name}
          </Text>
        ),
        value: (person) => person.name,
        sortable: true,
        width: 150,
        onCard: 1,
      },
      {
        id: "email",
        header: t("email"),
        cell: (person) => person.email,
        value: (person) => person.email,
        sortable: true,
        width: 228,
        onCard: 2,
      },
      {
        id: "role",
        header: t("people.role"),
        cell: (person) => word("role", person.role),
        value: (person) => word("role", person.role),
        sortable: true,
        width: 132,
        onCard: 3,
      },
      {
        id: "acts_for",
        header: t("people.acts_for"),
        cell: (person) => person.actsFor ?? "-",
        value: (person) => person.actsFor,
        sortable: true,
        width: 166,
      },
      {
        id: "totp",
        header: t("people.totp"),
        cell: (person) => (person.has_totp ? t("people.on") : t("people.off")),
        value: (person) => (person.has_totp ? t("people.on") : t("people.off")),
        sortable: true,
        width: 152,
      },
      {
        id: "since",
        header: t("people.since"),
        cell: (person) => <When value={person.created_at} as="date" />,
        value: (person) => person.created_at,
        sortable: true,
        width: 140,
      },
    ],
    [t, word, membership_id],
  );
}
