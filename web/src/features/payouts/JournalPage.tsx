import { useTranslation } from "react-i18next";
import { ProofNote } from "~/features/book/ProofNote";
import { PageTabs } from "~/features/offers/PageTabs";
import { usePageState } from "~/frame/search";
import { Page } from "~/ui/Page";
import { AccountsTable } from "./journal/AccountsTable";
import { EntryDrawer } from "./journal/EntryDrawer";
import { EntryTable } from "./journal/EntryTable";
import { readJournalSearch } from "./journal/search";

/** The book: what lies in each account, the entries that made it, and the cause of each. */
export default function JournalPage() {
  const { t } = useTranslation("journal");
  const [search, change] = usePageState(readJournalSearch);
  return (
    <Page title={t("title")} subtitle={t("subtitle")}>
      <ProofNote />
      <PageTabs
        label={t("title")}
        tabs={[
          {
            id: "entries",
            label: t("tab.entries"),
            content: () => <EntryTable search={search} change={change} />,
          },
          { id: "accounts", label: t("tab.accounts"), content: () => <AccountsTable search={search} /> },
        ]}
      />
      <EntryDrawer id={search.entry} onClose={() => change({ entry: undefined })} />
    </Page>
  );
}
