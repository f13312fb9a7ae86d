-- Asks the forward-auth service whether this request is allowed and paid for; it counts the request as well. Whether the token
-- has the scopes that cost money is decided there alone.
-- Runs after KrakenD has checked the token and the rate limit, and right before the backend: what is refused before is not
-- counted. When the service cannot be reached, the call fails and KrakenD answers 500: nothing passes unasked.

-- What path.lua lets through has one reading, so this is the path that the client sent, spelled in the usual way.
local function encode(path)
  return (path:gsub("[^%w%-._~/]", function(byte) return string.format("%%%02X", byte:byte()) end))
end

function check_paid(address)
  local request = request.load()
  local answer = http_response.new(address, "GET", "", {
    ["Authorization"] = request:headers("Authorization"),
    ["X-Forwarded-Method"] = request:method(),
    ["X-Forwarded-Uri"] = encode(request:path()),
  })
  local status = answer:statusCode()
  local customer = answer:headers("X-Stripe-Customer")
  answer:close()
  if status ~= 200 then
    -- Without a type of its own: KrakenD sends no body, and would say that nothing is JSON.
    custom_error("refused by the authorizer", status < 400 and 502 or status)
  end
  -- Was listed for this script alone.
  request:headers("Authorization", nil)
  request:headers("X-Stripe-Customer", customer)
end
