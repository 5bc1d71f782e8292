import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { makeQueryClient } from "~/api/queries";
import { makeRouter } from "~/routes";
import { theme, variables } from "~/theme";
import { DatesLanguage } from "./DatesLanguage";

const queryClient = makeQueryClient();
const router = makeRouter(queryClient);

export function App({ nonce }: { nonce: string }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <DatesLanguage>
        <Notifications position="bottom-right" limit={4} />
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </DatesLanguage>
    </MantineProvider>
  );
}
