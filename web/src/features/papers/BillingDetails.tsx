import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { notifyFailed } from "~/ui/Toast";
import { DetailsDrawer } from "./DetailsDrawer";
import { detailsQuery, type Whose } from "./details";

/** Opens how somebody stands on papers. */
export function BillingDetails({ whose }: { whose?: Whose }) {
  const { t } = useTranslation("papers");
  const [isOpen, setIsOpen] = useState(false);
  const details = useQuery({ ...detailsQuery(whose), enabled: isOpen });
  const open = () => {
    setIsOpen(true);
    if (details.error) void details.refetch().then(({ error }) => error && notifyFailed(error));
  };
  return (
    <>
      <Button
        variant="default"
        onClick={open}
        loading={isOpen && details.isFetching && details.data === undefined}
      >
        {t("details.title")}
      </Button>
      {isOpen && details.data !== undefined && (
        <DetailsDrawer whose={whose} details={details.data} onClose={() => setIsOpen(false)} />
      )}
    </>
  );
}
