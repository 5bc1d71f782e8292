import { Button } from "@mantine/core";
import { IconTruckDelivery } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { SettingsFrame } from "~/features/workspaces/SettingsFrame";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { type Column, DataTable } from "~/ui/DataTable";
import { EmptyState } from "~/ui/States";
import { When } from "~/ui/When";
import { ImportView } from "./ImportView";
import { type Import, useImports } from "./model";
import { StartImport } from "./StartImport";

/** `import`: the one that is open; `new`: one is being begun. */
function readState(raw: PageSearch) {
  return { import: textOf(raw, "import"), new: textOf(raw, "new") };
}

/** Moves from other platforms. */
export default function MovingInPage() {
  const { t } = useTranslation("imports");
  const [state, change] = usePageState(readState);
  const begin = (
    <Button
      leftSection={<IconTruckDelivery size={16} aria-hidden />}
      onClick={() => change({ new: "import" })}
    >
      {t("start")}
    </Button>
  );
  return (
    <SettingsFrame page="moving_in" subtitle={t("subtitle")} action={state.import ? undefined : begin}>
      {state.import ? (
        <ImportView
          key={state.import}
          id={state.import}
          onClose={() => change({ import: undefined }, { push: true })}
        />
      ) : (
        <ImportList begin={begin} onOpen={(id) => change({ import: id }, { push: true })} />
      )}
      {state.new && (
        <StartImport
          onClose={() => change({ new: undefined })}
          onBegun={(id) => change({ new: undefined, import: id })}
        />
      )}
    </SettingsFrame>
  );
}

function ImportList({ begin, onOpen }: { begin: React.ReactNode; onOpen: (id: string) => void }) {
  const { t } = useTranslation("imports");
  const imports = useImports();
  const columns = useColumns();
  return (
    <DataTable
      caption={t("title")}
      columns={columns}
      rows={imports.rows}
      rowId={(row) => row.id}
      state={imports.state}
      error={imports.error}
      onRetry={imports.retry}
      hasMore={imports.hasMore}
      loadingMore={imports.loadingMore}
      onEndReached={imports.loadMore}
      onRowOpen={(row) => onOpen(row.id)}
      empty={
        <EmptyState
          icon={<IconTruckDelivery size={28} stroke={1.5} />}
          title={t("none")}
          text={t("none_text")}
          action={begin}
        />
      }
      storageKey="imports"
    />
  );
}

function useColumns(): Column<Import>[] {
  const { t } = useTranslation("imports");
  const word = useWords();
  return useMemo(() => {
    const kinds = (row: Import) => row.files.map(({ kind }) => word("import_kind", kind)).join(", ");
    return [
      {
        id: "platform",
        header: t("platform"),
        cell: (row) => word("import_platform", row.platform),
        value: (row) => row.platform,
        width: 200,
        onCard: 1,
      },
      {
        id: "state",
        header: t("state"),
        cell: (row) => <StateChip of="import" state={row.state} />,
        value: (row) => word("import_state", row.state),
        width: 180,
        onCard: 2,
      },
      { id: "files", header: t("files"), cell: kinds, value: kinds, width: 420 },
      {
        id: "begun",
        header: t("begun"),
        cell: (row) => <When value={row.created_at} />,
        value: (row) => row.created_at,
        width: 180,
        onCard: 3,
      },
    ];
  }, [t, word]);
}
